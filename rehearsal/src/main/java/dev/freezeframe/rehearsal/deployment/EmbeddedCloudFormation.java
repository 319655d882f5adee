package dev.freezeframe.rehearsal.deployment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** CloudFormation with one stack, or none yet. */
public final class EmbeddedCloudFormation implements CloudFormationClient {
  /** Observed, not documented: so many resources come in a page. */
  private static final int PAGE = 100;

  private final List<StackResourceSummary> resources = new ArrayList<>();
  private String name = "";
  private String template = "";
  private Instant createdAt = Instant.EPOCH;
  private StackStatus status = StackStatus.CREATE_COMPLETE;

  /** Somebody has deployed a stack. */
  public void create(String stack, String body, Instant at) {
    name = stack;
    template = body;
    createdAt = at;
  }

  /** Somebody has deleted it. */
  public void delete() {
    name = "";
    resources.clear();
  }

  public void status(StackStatus now) {
    status = now;
  }

  /** A resource of the stack. */
  public void put(String logicalId, String type, String physicalId) {
    resources.add(
        StackResourceSummary.builder()
            .logicalResourceId(logicalId)
            .resourceType(type)
            .physicalResourceId(physicalId)
            .resourceStatus(ResourceStatus.CREATE_COMPLETE)
            .build());
  }

  @Override
  public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
    require(request.stackName());
    return DescribeStacksResponse.builder()
        .stacks(Stack.builder().stackName(name).creationTime(createdAt).stackStatus(status).build())
        .build();
  }

  @Override
  public GetTemplateResponse getTemplate(GetTemplateRequest request) {
    require(request.stackName());
    return GetTemplateResponse.builder().templateBody(template).build();
  }

  @Override
  public ListStackResourcesResponse listStackResources(ListStackResourcesRequest request) {
    require(request.stackName());
    int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    int to = Math.min(resources.size(), from + PAGE);
    return ListStackResourcesResponse.builder()
        .stackResourceSummaries(resources.subList(from, to))
        .nextToken(to < resources.size() ? String.valueOf(to) : null)
        .build();
  }

  private void require(String stack) {
    if (name.isEmpty() || !name.equals(stack)) {
      throw refused("Stack with id %s does not exist".formatted(stack));
    }
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
