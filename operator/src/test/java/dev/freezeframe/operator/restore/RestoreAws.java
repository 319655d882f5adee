package dev.freezeframe.operator.restore;

import dev.freezeframe.operator.doctor.aws.Clients;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The services that restore asks; everything else is unsupported. */
final class RestoreAws implements Clients {
  static final String MACHINE = "arn:aws:states:eu-central-1:111122223333:stateMachine:restore-set";

  final Map<String, String> outputs = new HashMap<>();
  final Map<String, String> keys = new HashMap<>();
  final List<StartExecutionRequest> started = new ArrayList<>();
  final Map<String, ExecutionStatus> executions = new HashMap<>();
  boolean keysForbidden;

  private final Ec2Client ec2;
  private final DynamoDbClient dynamo;

  RestoreAws(Ec2Client ec2, DynamoDbClient dynamo, String table) {
    this.ec2 = ec2;
    this.dynamo = dynamo;
    outputs.put("LedgerTableName", table);
    outputs.put("RestoreSetArn", MACHINE);
  }

  @Override
  public Optional<String> region() {
    return Optional.of("eu-central-1");
  }

  @Override
  public boolean regionKnown() {
    return true;
  }

  @Override
  public CloudFormationClient cloudFormation() {
    return new Stacks();
  }

  private final class Stacks implements CloudFormationClient {
    @Override
    public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
      if (!request.stackName().equals("freezeframe")) {
        throw CloudFormationException.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("ValidationError")
                    .errorMessage("Stack with id %s does not exist".formatted(request.stackName()))
                    .build())
            .statusCode(400)
            .build();
      }
      return DescribeStacksResponse.builder()
          .stacks(
              Stack.builder()
                  .stackName("freezeframe")
                  .stackStatus(StackStatus.CREATE_COMPLETE)
                  .outputs(
                      outputs.entrySet().stream()
                          .map(
                              output ->
                                  Output.builder()
                                      .outputKey(output.getKey())
                                      .outputValue(output.getValue())
                                      .build())
                          .toList())
                  .build())
          .build();
    }

    @Override
    public String serviceName() {
      return "cloudformation";
    }

    @Override
    public void close() {}
  }

  @Override
  public KmsClient kms() {
    return new Keys();
  }

  private final class Keys implements KmsClient {
    @Override
    public DescribeKeyResponse describeKey(DescribeKeyRequest request) {
      if (keysForbidden) {
        throw KmsException.builder()
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDeniedException").build())
            .statusCode(400)
            .build();
      }
      if (!keys.containsKey(request.keyId())) {
        throw NotFoundException.builder().build();
      }
      return DescribeKeyResponse.builder()
          .keyMetadata(KeyMetadata.builder().keyState(keys.get(request.keyId())).build())
          .build();
    }

    @Override
    public String serviceName() {
      return "kms";
    }

    @Override
    public void close() {}
  }

  @Override
  public SfnClient stepFunctions() {
    return new Machines();
  }

  private final class Machines implements SfnClient {
    /** A name that is taken is refused unless its execution runs and has the same input. */
    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
      String arn = MACHINE.replace("stateMachine", "execution") + ":" + request.name();
      boolean same =
          started.stream()
              .anyMatch(
                  one -> one.name().equals(request.name()) && one.input().equals(request.input()));
      if (executions.containsKey(arn)
          && (executions.get(arn) != ExecutionStatus.RUNNING || !same)) {
        throw ExecutionAlreadyExistsException.builder().build();
      }
      if (!executions.containsKey(arn)) {
        started.add(request);
        executions.put(arn, ExecutionStatus.RUNNING);
      }
      return StartExecutionResponse.builder().executionArn(arn).build();
    }

    @Override
    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
      if (!executions.containsKey(request.executionArn())) {
        throw ExecutionDoesNotExistException.builder().build();
      }
      return DescribeExecutionResponse.builder()
          .status(executions.get(request.executionArn()))
          .error(
              executions.get(request.executionArn()) == ExecutionStatus.FAILED ? "Refused" : null)
          .build();
    }

    @Override
    public String serviceName() {
      return "states";
    }

    @Override
    public void close() {}
  }

  @Override
  public Ec2Client ec2() {
    return ec2;
  }

  @Override
  public DynamoDbClient dynamoDb() {
    return dynamo;
  }

  @Override
  public StsClient sts() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SsmClient ssm() {
    throw new UnsupportedOperationException();
  }

  @Override
  public LambdaClient lambda() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ServiceQuotasClient serviceQuotas() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SchedulerClient scheduler() {
    throw new UnsupportedOperationException();
  }

  @Override
  public EventBridgeClient eventBridge() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SqsClient sqs() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SnsClient sns() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CloudWatchClient cloudWatch() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
