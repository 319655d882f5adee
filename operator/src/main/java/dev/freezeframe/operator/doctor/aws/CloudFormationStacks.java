package dev.freezeframe.operator.doctor.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.DeployedStack;
import dev.freezeframe.operator.doctor.check.DeployedStack.Resource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/** Asks CloudFormation what a stack holds, and from which template. */
public final class CloudFormationStacks {
  /** A template is JSON or YAML, and JSON is YAML. */
  private static final YAMLMapper MAPPER = new YAMLMapper();

  private final CloudFormationClient cloudFormation;

  public CloudFormationStacks(CloudFormationClient cloudFormation) {
    this.cloudFormation = cloudFormation;
  }

  /** The stack of a name; empty: there is none. */
  public Asked<Optional<DeployedStack>> find(String name) {
    Asked<Optional<Stack>> stack =
        Question.ask("cloudformation:DescribeStacks", () -> described(name));
    if (stack.value().isEmpty() || stack.value().get().isEmpty()) {
      return stack.map(none -> Optional.empty());
    }
    Asked<JsonNode> template =
        Question.ask(
            "cloudformation:GetTemplate",
            () ->
                parsed(
                    cloudFormation.getTemplate(request -> request.stackName(name)).templateBody()));
    if (template.value().isEmpty()) {
      return template.map(none -> Optional.empty());
    }
    return Question.ask(
        "cloudformation:ListStackResources",
        () ->
            Optional.of(
                stack(
                    stack.value().get().get(),
                    template.value().get(),
                    cloudFormation
                        .listStackResourcesPaginator(request -> request.stackName(name))
                        .stackResourceSummaries()
                        .stream()
                        .toList())));
  }

  /** CloudFormation has no error of its own for a name that it does not know. */
  private Optional<Stack> described(String name) {
    try {
      return cloudFormation.describeStacks(request -> request.stackName(name)).stacks().stream()
          .findFirst();
    } catch (CloudFormationException refused) {
      if (Question.code(refused).equals("ValidationError")
          && Question.message(refused).endsWith("does not exist")) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private static DeployedStack stack(
      Stack stack, JsonNode template, List<StackResourceSummary> resources) {
    return new DeployedStack(
        stack.stackName(),
        stack.stackStatusAsString(),
        stack.creationTime(),
        resources.stream()
            .map(
                resource ->
                    new Resource(
                        resource.logicalResourceId(),
                        resource.resourceType(),
                        Objects.requireNonNullElse(resource.physicalResourceId(), ""),
                        resource.resourceStatusAsString(),
                        template
                            .path("Resources")
                            .path(resource.logicalResourceId())
                            .path("Properties")))
            .toList());
  }

  private static JsonNode parsed(String template) {
    try {
      return MAPPER.readTree(template);
    } catch (JsonProcessingException unreadable) {
      // One that this cannot read names nothing that should be there.
      return MissingNode.getInstance();
    }
  }
}
