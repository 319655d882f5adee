package dev.freezeframe.lambda;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.net.ssl.SSLContext;
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
 * Loads what the first call of a function needs, by calls that reach nobody: no connection is
 * opened, since one that is older than the snapshot would be dead after it.
 */
final class PrimingSurroundings {
  private static final String EMPTY_XML = "<Response/>";
  private static final String EMPTY_JSON = "{}";

  /** With a policy in it, of which every limit is checked. */
  private static final String ORDER =
      """
      {"execution": "none", "instanceId": "i-00000000", "redrives": 0,
       "work": {"runId": "none-20000101T000000Z",
         "attempt": {"number": 1, "scriptFailures": 0, "refusals": 0},
         "policy": {"name": "none", "enabled": true, "targets": [{"key": "none", "value": "none"}],
           "schedule": {"expression": "cron(0 2 * * ? *)", "timeZone": "UTC",
             "flexibleWindow": "PT0S"},
           "volumes": {"excludeBoot": true, "excludeTags": []},
           "scripts": {"document": "none", "stages": ["PRE", "POST"], "timeout": "PT10S",
             "retries": 0, "fallBackToCrashConsistent": true, "freezeBudget": "PT30S"},
           "retention": {"days": 1, "lifetimeTag": "none", "keepShared": false},
           "tagging": {"add": {}, "copyFromVolume": true},
           "pacing": {"setsPerSecond": 5.0, "jitter": "PT0S"},
           "completion": {"firstWait": "PT1M", "longestWait": "PT15M", "giveUpAfter": "PT24H"}}}}
      """;

  private PrimingSurroundings() {}

  static void primeEc2() {
    try (Ec2Client ec2 = build(Ec2Client.builder(), EMPTY_XML)) {
      ec2.describeInstances();
      ec2.describeSnapshots();
      ec2.createSnapshots(request -> request.instanceSpecification(any -> any.instanceId("i-0")));
      ec2.createTags(request -> request.resources("snap-0"));
    }
  }

  static void primeSsm() {
    try (SsmClient ssm = build(SsmClient.builder(), EMPTY_JSON)) {
      ssm.sendCommand(request -> request.instanceIds("i-0").documentName("none"));
      ssm.getCommandInvocation(request -> request.commandId("none").instanceId("i-0"));
    }
  }

  static void primeDynamoDb() {
    try (DynamoDbClient dynamo = build(DynamoDbClient.builder(), EMPTY_JSON)) {
      dynamo.getItem(request -> request.tableName("none").key(Map.of()));
      dynamo.putItem(request -> request.tableName("none").item(Map.of()));
      dynamo.updateItem(request -> request.tableName("none").key(Map.of()));
      dynamo.query(request -> request.tableName("none"));
    }
  }

  /** The JSON of what most functions get, and the certificates that every connection checks. */
  static void primeJsonAndTls() {
    try {
      Json.mapper().readerFor(InstanceOrder.class).readValue(ORDER);
      SSLContext.getDefault().getSocketFactory();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has TLS", impossible);
    }
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
      B builder, String answer) {
    return builder
        .httpClient(new Canned(answer))
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
