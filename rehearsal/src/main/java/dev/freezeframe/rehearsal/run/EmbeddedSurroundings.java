package dev.freezeframe.rehearsal.run;

import dev.freezeframe.consistency.Pause;
import dev.freezeframe.lambda.Environment;
import dev.freezeframe.lambda.Surroundings;
import dev.freezeframe.ledger.DynamoLedger;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.rehearsal.dynamo.EmbeddedDynamo;
import dev.freezeframe.rehearsal.ec2.EmbeddedEc2;
import dev.freezeframe.rehearsal.ssm.EmbeddedSsm;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Clock;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The embedded cloud as tasks reach it: the same interfaces, the same retries. */
public final class EmbeddedSurroundings implements Surroundings {
  /** As the clients of a deployment are set: the SDK's standard mode. */
  private static final int SDK_ATTEMPTS = 3;

  private final VirtualTime time;
  private final Ledger ledger;
  private final Ec2Client ec2;
  private final Ec2Client ec2Once;
  private final SsmClient ssm;
  private final SsmClient ssmOnce;
  private final Measurements measurements;
  private final int pendingSnapshots;

  /**
   * A surroundings for the functions of one deployment.
   *
   * @param environment what they are deployed with
   */
  public EmbeddedSurroundings(
      VirtualTime time,
      EmbeddedEc2 ec2,
      EmbeddedSsm ssm,
      EmbeddedDynamo dynamo,
      Environment environment,
      Measurements measurements) {
    this.time = time;
    this.ledger = new DynamoLedger(dynamo.client(SDK_ATTEMPTS), environment.ledgerTable());
    this.ec2 = ec2.client(SDK_ATTEMPTS);
    this.ec2Once = ec2.client(1);
    this.ssm = ssm.client(SDK_ATTEMPTS);
    this.ssmOnce = ssm.client(1);
    this.measurements = measurements;
    this.pendingSnapshots = environment.pendingSnapshots();
  }

  @Override
  public Ec2Client ec2() {
    return ec2;
  }

  @Override
  public Ec2Client ec2Once() {
    return ec2Once;
  }

  @Override
  public SsmClient ssm() {
    return ssm;
  }

  @Override
  public SsmClient ssmOnce() {
    return ssmOnce;
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public Clock clock() {
    return time.clock();
  }

  @Override
  public Pause pause() {
    return time::pause;
  }

  @Override
  public int pendingSnapshots() {
    return pendingSnapshots;
  }

  @Override
  public Measurements measurements() {
    return measurements;
  }
}
