package dev.freezeframe.task;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * TaskDependencies in which every call succeeds and reaches nobody: each service answers all that
 * it is asked alike, and no time passes.
 */
final class StubDependencies implements TaskDependencies {
  private static final String EC2 =
      """
      <Response><snapshotSet><item><snapshotId>snap-00000000</snapshotId>
      <volumeId>vol-00000000</volumeId><startTime>2000-01-01T00:00:00.000Z</startTime>
      </item></snapshotSet></Response>
      """;

  private static final String SSM =
      """
      {"Command": {"CommandId": "none"}, "Status": "Success", "ResponseCode": 0,
       "PluginName": "none", "ExecutionStartDateTime": "2000-01-01T00:00:00.000Z",
       "ExecutionEndDateTime": "2000-01-01T00:00:00.000Z", "StandardOutputContent": "none"}
      """;

  private final Instant now;

  StubDependencies(Instant now) {
    this.now = now;
  }

  @Override
  public Ec2Client ec2() {
    return build(Ec2Client.builder(), EC2);
  }

  @Override
  public Ec2Client ec2WithoutRetries() {
    return ec2();
  }

  @Override
  public SsmClient ssm() {
    return build(SsmClient.builder(), SSM);
  }

  @Override
  public SsmClient ssmWithoutRetries() {
    return ssm();
  }

  DynamoDbClient dynamoDb() {
    return build(DynamoDbClient.builder(), "{}");
  }

  @Override
  public Ledger ledger() {
    return new DynamoLedger(dynamoDb(), "none");
  }

  @Override
  public Clock clock() {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  @Override
  public Sleeper pause() {
    return any -> {};
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
      B builder, String answer) {
    return builder
        .httpClient(new Canned(answer))
        .overrideConfiguration(AwsDependencies.once())
        .region(Region.of("nowhere"))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing")))
        .build();
  }

  /** Answers every request alike. */
  private record Canned(String answer) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(SdkHttpFullResponse.builder().statusCode(200).build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }
}
