package dev.freezeframe.rehearsal.deployment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** A stack that CloudFormation holds, or held. */
final class HeldStack {
  private final List<StackResourceSummary> resources = new ArrayList<>();
  private final String template;
  private Stack described;

  HeldStack(Stack described, String template) {
    this.described = described;
    this.template = template;
  }

  /**
   * A new one.
   *
   * @param root the id of the outermost stack that it is nested in; null: it is not one
   */
  static HeldStack created(
      String id,
      String name,
      String root,
      String template,
      Map<String, String> parameters,
      Instant at) {
    return new HeldStack(
        Stack.builder()
            .stackId(id)
            .stackName(name)
            .rootId(root)
            .creationTime(at)
            .stackStatus(StackStatus.CREATE_COMPLETE)
            .parameters(
                parameters.entrySet().stream()
                    .map(
                        one ->
                            Parameter.builder()
                                .parameterKey(one.getKey())
                                .parameterValue(shown(one.getValue()))
                                .build())
                    .toList())
            .build(),
        template);
  }

  Stack described() {
    return described;
  }

  void status(StackStatus status) {
    described = described.toBuilder().stackStatus(status).build();
  }

  void createdAt(Instant at) {
    described = described.toBuilder().creationTime(at).build();
  }

  String template() {
    return shown(template);
  }

  List<StackResourceSummary> resources() {
    return resources;
  }

  void put(String logicalId, String type, String physicalId) {
    resources.add(
        StackResourceSummary.builder()
            .logicalResourceId(logicalId)
            .resourceType(type)
            .physicalResourceId(physicalId)
            .resourceStatus(ResourceStatus.CREATE_COMPLETE)
            .build());
  }

  /** CloudFormation gives a question mark for each character beyond ASCII. */
  private static String shown(String text) {
    return text.replaceAll("[^\\x00-\\x7f]", "?");
  }
}
