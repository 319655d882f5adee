package dev.freezeframe.operator.doctor.aws;

import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Clients of one Region, for one caller. */
public interface Clients extends AutoCloseable {

  /** The Region; empty: none is named anywhere, and no client can be made. */
  Optional<String> region();

  /** Whether the SDK lists the Region. */
  boolean regionKnown();

  StsClient sts();

  SsmClient ssm();

  CloudFormationClient cloudFormation();

  LambdaClient lambda();

  ServiceQuotasClient serviceQuotas();

  Ec2Client ec2();

  KmsClient kms();

  SchedulerClient scheduler();

  EventBridgeClient eventBridge();

  SqsClient sqs();

  SnsClient sns();

  CloudWatchClient cloudWatch();

  SfnClient stepFunctions();

  DynamoDbClient dynamoDb();

  @Override
  void close();
}
