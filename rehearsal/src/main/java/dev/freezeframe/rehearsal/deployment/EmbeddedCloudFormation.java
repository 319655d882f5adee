package dev.freezeframe.rehearsal.deployment;

import dev.freezeframe.rehearsal.cloud.Account;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** CloudFormation with what was deployed: stacks, and those nested in them. */
public final class EmbeddedCloudFormation implements CloudFormationClient {
  /** Observed, not documented: so many resources come in a page. */
  private static final int PAGE = 100;

  private static final String NESTED = "AWS::CloudFormation::Stack";

  /** Of the name of a stack, without what is drawn to make it unique. */
  private static final int MAX_LENGTH = 114;

  private final Map<String, HeldStack> stacks = new LinkedHashMap<>();

  /** Somebody has deployed a stack; gives its id. */
  public String create(String name, String template, Instant at) {
    return hold(name, null, template, Map.of(), at);
  }

  /**
   * A resource of a stack is a stack itself; gives its id, by which its parent lists it.
   *
   * @param parent the id of the stack in which it is nested
   */
  public String nest(
      String parent,
      String logicalId,
      String template,
      Map<String, String> parameters,
      Instant at) {
    HeldStack outer = stacks.get(parent);
    String name = "%s-%s".formatted(outer.described().stackName(), logicalId);
    String root = outer.described().rootId() == null ? parent : outer.described().rootId();
    String id =
        hold(
            "%s-%013d"
                .formatted(name.substring(0, Math.min(MAX_LENGTH, name.length())), stacks.size()),
            root,
            template,
            parameters,
            at);
    outer.put(logicalId, NESTED, id);
    return id;
  }

  private String hold(
      String name, String root, String template, Map<String, String> parameters, Instant at) {
    String id =
        Account.arn(
            "cloudformation",
            "stack/%s/00000000-0000-0000-0000-%012d".formatted(name, stacks.size()));
    stacks.put(id, HeldStack.created(id, name, root, template, parameters, at));
    return id;
  }

  /** The ids of the stacks that are nested in others, in the order in which they were made. */
  public List<String> nested() {
    return stacks.values().stream()
        .filter(stack -> stack.described().rootId() != null)
        .map(stack -> stack.described().stackId())
        .toList();
  }

  public void status(String id, StackStatus now) {
    stacks.get(id).status(now);
  }

  /** A stack was created at another time than its parent. */
  public void createdAt(String id, Instant at) {
    stacks.get(id).createdAt(at);
  }

  /** Ninety days after its deletion nobody knows a stack any more. */
  public void forget(String id) {
    stacks.remove(id);
  }

  /** A resource of a stack. */
  public void put(String id, String logicalId, String type, String physicalId) {
    stacks.get(id).put(logicalId, type, physicalId);
  }

  /**
   * What happens to a resource of a stack.
   *
   * @param physicalId null: it has none yet
   */
  public void resource(String id, String logicalId, String physicalId, ResourceStatus status) {
    stacks
        .get(id)
        .resources()
        .replaceAll(
            resource ->
                resource.logicalResourceId().equals(logicalId)
                    ? resource.toBuilder()
                        .physicalResourceId(physicalId)
                        .resourceStatus(status)
                        .build()
                    : resource);
  }

  @Override
  public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
    Refusal.ofMoreThan(request, "StackName");
    return DescribeStacksResponse.builder().stacks(found(request.stackName()).described()).build();
  }

  @Override
  public GetTemplateResponse getTemplate(GetTemplateRequest request) {
    Refusal.ofMoreThan(request, "StackName");
    return GetTemplateResponse.builder()
        .templateBody(found(request.stackName()).template())
        .build();
  }

  @Override
  public ListStackResourcesResponse listStackResources(ListStackResourcesRequest request) {
    Refusal.ofMoreThan(request, "StackName", "NextToken");
    List<StackResourceSummary> resources = found(request.stackName()).resources();
    int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    int to = Math.min(resources.size(), from + PAGE);
    return ListStackResourcesResponse.builder()
        .stackResourceSummaries(resources.subList(from, to))
        .nextToken(to < resources.size() ? String.valueOf(to) : null)
        .build();
  }

  /** By its id, also one that is deleted; by its name only one that is not. */
  private HeldStack found(String stack) {
    return stacks.values().stream()
        .filter(
            held ->
                held.described().stackId().equals(stack)
                    || (held.described().stackName().equals(stack)
                        && held.described().stackStatus() != StackStatus.DELETE_COMPLETE))
        .findFirst()
        .orElseThrow(() -> refused("Stack with id %s does not exist".formatted(stack)));
  }

  /** As observed: it has no error of its own for a stack that is not there. */
  private static AwsServiceException refused(String message) {
    return Refusal.of(CloudFormationException.builder(), 400, "ValidationError", message);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
