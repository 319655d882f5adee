package dev.freezeframe.operator.doctor.aws;

import dev.freezeframe.operator.cli.BadInputException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
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
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Clients as the AWS CLI makes them: from options, the environment and the profiles. Endpoints that
 * the environment names are honoured.
 */
public final class ProfileClients implements Clients {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration CALL = Duration.ofSeconds(30);

  /**
   * A hundred policies are a hundred nested stacks and schedules to ask about one after the other,
   * and others work in the account: a throttle is waited out for up to a minute.
   */
  static final int ATTEMPTS = 8;

  private final AwsCredentialsProvider credentials;
  private final Optional<Region> region;
  private final SdkHttpClient http =
      UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(CALL).build();

  /**
   * Makes none yet.
   *
   * @param profile whose credentials are taken, whatever the environment has; empty: the
   *     environment decides
   * @param region empty: the environment or the profile decides
   * @throws BadInputException if there is no such profile
   */
  public ProfileClients(Optional<String> profile, Optional<String> region) {
    profile.ifPresent(ProfileClients::require);
    this.credentials =
        profile
            .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
            .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    this.region = region.map(Region::of).or(() -> ofEnvironment(profile));
  }

  private static void require(String profile) {
    Set<String> known = new TreeSet<>(ProfileFile.defaultProfileFile().profiles().keySet());
    if (!known.contains(profile)) {
      throw new BadInputException(
          "--profile is %s, expected a profile of the AWS CLI, found %s"
              .formatted(profile, known.isEmpty() ? "none" : String.join(", ", known)));
    }
  }

  private static Optional<Region> ofEnvironment(Optional<String> profile) {
    DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
    profile.ifPresent(chain::profileName);
    try {
      return Optional.of(chain.build().getRegion());
    } catch (SdkClientException none) {
      return Optional.empty();
    }
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient>
      C patient(B builder) {
    return made(
        builder.overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .build()));
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient>
      C made(B builder) {
    return builder
        .httpClient(http)
        .credentialsProvider(credentials)
        .region(region.orElseThrow())
        .build();
  }

  @Override
  public Optional<String> region() {
    return region.map(Region::id);
  }

  @Override
  public boolean regionKnown() {
    return region.map(Region.regions()::contains).orElse(false);
  }

  @Override
  public StsClient sts() {
    return made(StsClient.builder());
  }

  @Override
  public SsmClient ssm() {
    return patient(SsmClient.builder());
  }

  @Override
  public CloudFormationClient cloudFormation() {
    return patient(CloudFormationClient.builder());
  }

  @Override
  public LambdaClient lambda() {
    return patient(LambdaClient.builder());
  }

  @Override
  public ServiceQuotasClient serviceQuotas() {
    return patient(ServiceQuotasClient.builder());
  }

  @Override
  public Ec2Client ec2() {
    return patient(Ec2Client.builder());
  }

  @Override
  public KmsClient kms() {
    return patient(KmsClient.builder());
  }

  @Override
  public SchedulerClient scheduler() {
    return patient(SchedulerClient.builder());
  }

  @Override
  public EventBridgeClient eventBridge() {
    return patient(EventBridgeClient.builder());
  }

  @Override
  public SqsClient sqs() {
    return patient(SqsClient.builder());
  }

  @Override
  public SnsClient sns() {
    return patient(SnsClient.builder());
  }

  @Override
  public CloudWatchClient cloudWatch() {
    return patient(CloudWatchClient.builder());
  }

  @Override
  public SfnClient stepFunctions() {
    return patient(SfnClient.builder());
  }

  @Override
  public DynamoDbClient dynamoDb() {
    return patient(DynamoDbClient.builder());
  }

  @Override
  public void close() {
    if (credentials instanceof SdkAutoCloseable open) {
      open.close();
    }
    http.close();
  }
}
