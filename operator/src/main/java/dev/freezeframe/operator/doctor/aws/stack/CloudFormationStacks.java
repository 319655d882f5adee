package dev.freezeframe.operator.doctor.aws.stack;

import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack.Resource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Asks CloudFormation what a stack and those nested in it hold, and from which templates. */
public final class CloudFormationStacks {
  private static final String NESTED = "AWS::CloudFormation::Stack";

  /** A stack that is deleted is still described by its id; one in review has no resources yet. */
  private static final Set<StackStatus> NOT_THERE =
      Set.of(StackStatus.DELETE_COMPLETE, StackStatus.REVIEW_IN_PROGRESS);

  /** What an update has taken out of the template may be listed for some time. */
  private static final Set<ResourceStatus> TAKEN_OUT =
      Set.of(ResourceStatus.DELETE_COMPLETE, ResourceStatus.DELETE_SKIPPED);

  private final CloudFormationClient cloudFormation;
  private final Consumer<String> progress;

  /**
   * Asks nothing yet.
   *
   * @param progress is told what is asked about
   */
  public CloudFormationStacks(CloudFormationClient cloudFormation, Consumer<String> progress) {
    this.cloudFormation = cloudFormation;
    this.progress = progress;
  }

  /**
   * A stack, and those nested in it.
   *
   * @param name or id; empty answer: none exists
   */
  public Asked<Optional<DeployedStack>> find(String name) {
    progress.accept("the stack " + name(name));
    Asked<Optional<Stack>> described =
        Question.ask("cloudformation:DescribeStacks", () -> described(name));
    if (described.value().isEmpty() || described.value().get().isEmpty()) {
      return described.map(none -> Optional.empty());
    }
    Asked<String> template =
        Question.ask(
            "cloudformation:GetTemplate",
            () -> cloudFormation.getTemplate(request -> request.stackName(name)).templateBody());
    if (template.value().isEmpty()) {
      return template.map(none -> Optional.empty());
    }
    Asked<List<StackResourceSummary>> resources =
        Question.ask("cloudformation:ListStackResources", () -> resources(name));
    return resources.map(
        found -> Optional.of(stack(described.value().get().get(), template.value().get(), found)));
  }

  /**
   * The outputs of a stack, by name.
   *
   * @param name or id; empty answer: none exists
   */
  public Asked<Optional<Map<String, String>>> outputs(String name) {
    progress.accept("the stack " + name(name));
    return Question.<Optional<Stack>>ask("cloudformation:DescribeStacks", () -> described(name))
        .map(found -> found.map(CloudFormationStacks::outputs));
  }

  private static Map<String, String> outputs(Stack stack) {
    Map<String, String> outputs = new HashMap<>();
    stack.outputs().forEach(output -> outputs.put(output.outputKey(), output.outputValue()));
    return outputs;
  }

  /** CloudFormation has no error of its own for a name that it does not know, as observed. */
  private Optional<Stack> described(String name) {
    try {
      return cloudFormation.describeStacks(request -> request.stackName(name)).stacks().stream()
          .filter(stack -> !NOT_THERE.contains(stack.stackStatus()))
          .findFirst();
    } catch (CloudFormationException refused) {
      if (Question.code(refused).equals("ValidationError")
          && refused.awsErrorDetails().errorMessage().endsWith("does not exist")) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private List<StackResourceSummary> resources(String name) {
    return cloudFormation
        .listStackResourcesPaginator(request -> request.stackName(name))
        .stackResourceSummaries()
        .stream()
        .filter(resource -> !TAKEN_OUT.contains(resource.resourceStatus()))
        .toList();
  }

  private DeployedStack stack(Stack stack, String body, List<StackResourceSummary> resources) {
    Map<String, String> known = new HashMap<>();
    stack.parameters().forEach(given -> known.put(given.parameterKey(), given.parameterValue()));
    resources.stream()
        .filter(resource -> resource.physicalResourceId() != null)
        .forEach(resource -> known.put(resource.logicalResourceId(), id(resource)));
    Map<String, Asked<Optional<DeployedStack>>> nested = new LinkedHashMap<>();
    for (StackResourceSummary resource : resources) {
      if (resource.resourceType().equals(NESTED)) {
        Asked<Optional<DeployedStack>> found = nested(resource);
        nested.put(id(resource).isEmpty() ? resource.logicalResourceId() : id(resource), found);
        found
            .value()
            .flatMap(answer -> answer)
            .ifPresent(
                inner ->
                    inner
                        .outputs()
                        .forEach(
                            (output, value) ->
                                known.put(
                                    "%s.Outputs.%s".formatted(resource.logicalResourceId(), output),
                                    value)));
      }
    }
    StackTemplate template = new StackTemplate(body, known);
    return new DeployedStack(
        stack.stackName(),
        stack.stackStatusAsString(),
        stack.creationTime(),
        Optional.ofNullable(stack.rootId()).map(CloudFormationStacks::name),
        outputs(stack),
        resources.stream()
            .filter(resource -> !id(resource).isEmpty())
            .map(
                resource ->
                    new Resource(
                        resource.logicalResourceId(),
                        resource.resourceType(),
                        id(resource),
                        resource.resourceStatusAsString(),
                        template.properties(resource.logicalResourceId())))
            .toList(),
        nested);
  }

  /** Asked by its id: its name could be that of another one by now. */
  private Asked<Optional<DeployedStack>> nested(StackResourceSummary resource) {
    return id(resource).isEmpty()
        ? Asked.answer("cloudformation:DescribeStacks", Optional.empty())
        : find(id(resource));
  }

  /** Empty while it is being made. */
  private static String id(StackResourceSummary resource) {
    return Objects.requireNonNullElse(resource.physicalResourceId(), "");
  }

  /** The name in an id. */
  private static String name(String id) {
    return id.replaceFirst("^arn:.*:stack/([^/]+)/.*", "$1");
  }
}
