package dev.freezeframe.task;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.drill.DrillHost;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.metric.EmbeddedMetrics;
import dev.freezeframe.metric.Measurements;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * AWS itself, as a function in Lambda reaches it.
 *
 * <p>Before SnapStart takes the snapshot from which a function starts, the clients that its task
 * has asked for are primed.
 */
public final class AwsDependencies implements TaskDependencies, Resource {
  /** Longer than any of our calls takes, and short against the freeze budget. */
  private static final Duration CALL = Duration.ofSeconds(10);

  private final Environment environment;
  private Ec2Client ec2;
  private Ec2Client ec2WithoutRetries;
  private SsmClient ssm;
  private SsmClient ssmWithoutRetries;
  private Ledger ledger;

  /** The context itself holds nobody who registers. */
  private static final List<AwsDependencies> REGISTERED = new ArrayList<>();

  public AwsDependencies() {
    this(Environment.of(System.getenv()));
  }

  public AwsDependencies(Environment environment) {
    this.environment = environment;
    REGISTERED.add(this);
    Core.getGlobalContext().register(this);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    SnapStartPriming priming = new SnapStartPriming();
    priming.primeJson();
    if (ec2 != null || ec2WithoutRetries != null) {
      priming.primeEc2();
    }
    if (ssm != null || ssmWithoutRetries != null) {
      priming.primeSsm();
    }
    if (ledger != null) {
      priming.primeDynamoDb();
    }
    if (ssmWithoutRetries != null && ledger != null) {
      priming.primeScripts();
    }
    ConnectionPriming.prime();
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Clients have no connection yet, and ask for credentials at each call.
  }

  @Override
  public Ec2Client ec2() {
    if (ec2 == null) {
      ec2 = Ec2Client.builder().httpClient(http()).overrideConfiguration(retrying()).build();
    }
    return ec2;
  }

  @Override
  public Ec2Client ec2WithoutRetries() {
    if (ec2WithoutRetries == null) {
      ec2WithoutRetries =
          Ec2Client.builder().httpClient(http()).overrideConfiguration(once()).build();
    }
    return ec2WithoutRetries;
  }

  @Override
  public SsmClient ssm() {
    if (ssm == null) {
      ssm = SsmClient.builder().httpClient(http()).overrideConfiguration(retrying()).build();
    }
    return ssm;
  }

  @Override
  public SsmClient ssmWithoutRetries() {
    if (ssmWithoutRetries == null) {
      ssmWithoutRetries =
          SsmClient.builder().httpClient(http()).overrideConfiguration(once()).build();
    }
    return ssmWithoutRetries;
  }

  @Override
  public Ledger ledger() {
    if (ledger == null) {
      ledger =
          new DynamoLedger(
              DynamoDbClient.builder().httpClient(http()).overrideConfiguration(retrying()).build(),
              environment.ledgerTable());
    }
    return ledger;
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public Sleeper pause() {
    return Sleeper.sleeping();
  }

  @Override
  public int pendingSnapshots() {
    return environment.pendingSnapshots();
  }

  @Override
  public Optional<DrillHost> drillHost() {
    return environment.drillHost();
  }

  @Override
  public Measurements measurements() {
    return new EmbeddedMetrics(System.out::println, clock());
  }

  static SdkHttpClient http() {
    return UrlConnectionHttpClient.builder().socketTimeout(CALL).build();
  }

  /** Named, since the SDK's default is another for each service, and other for DynamoDB alone. */
  private static ClientOverrideConfiguration retrying() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
        .apiCallAttemptTimeout(CALL)
        .build();
  }

  static ClientOverrideConfiguration once() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(AwsRetryStrategy.doNotRetry())
        .apiCallTimeout(CALL)
        .build();
  }
}
