package dev.freezeframe.rehearsal.run;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.drill.DrillHost;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.rehearsal.ec2.EmbeddedEc2;
import dev.freezeframe.rehearsal.instance.InstancePermission;
import dev.freezeframe.rehearsal.ssm.EmbeddedSsm;
import dev.freezeframe.rehearsal.ssm.SendPermission;
import dev.freezeframe.rehearsal.time.VirtualTime;
import dev.freezeframe.task.Environment;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The embedded cloud as tasks reach it: the same interfaces, the same retries. */
public final class EmbeddedDependencies implements TaskDependencies {
  /** As the clients of a deployment are set: the SDK's standard mode. */
  public static final int SDK_ATTEMPTS = 3;

  private final VirtualTime time;
  private final Ledger ledger;
  private final Ec2Client ec2;
  private final Ec2Client ec2WithoutRetries;
  private final SsmClient ssm;
  private final SsmClient ssmWithoutRetries;
  private final Measurements measurements;
  private final int pendingSnapshots;

  /**
   * A dependencies for the functions of one deployment.
   *
   * @param ledger as they reach it
   * @param environment what they are deployed with
   */
  public EmbeddedDependencies(
      VirtualTime time,
      EmbeddedEc2 ec2,
      EmbeddedSsm ssm,
      Ledger ledger,
      Environment environment,
      Measurements measurements) {
    this(
        time,
        ec2,
        ssm,
        ledger,
        environment,
        measurements,
        SendPermission.ANY,
        InstancePermission.ANY);
  }

  /**
   * The same, for functions of one role.
   *
   * @param permission what the role may send
   * @param instances which instances the role may stop and start
   */
  public EmbeddedDependencies(
      VirtualTime time,
      EmbeddedEc2 ec2,
      EmbeddedSsm ssm,
      Ledger ledger,
      Environment environment,
      Measurements measurements,
      SendPermission permission,
      InstancePermission instances) {
    this.time = time;
    this.ledger = ledger;
    this.ec2 = ec2.client(SDK_ATTEMPTS, instances);
    this.ec2WithoutRetries = ec2.client(1, instances);
    this.ssm = ssm.client(SDK_ATTEMPTS, permission);
    this.ssmWithoutRetries = ssm.client(1, permission);
    this.measurements = measurements;
    this.pendingSnapshots = environment.pendingSnapshots();
  }

  @Override
  public Ec2Client ec2() {
    return ec2;
  }

  @Override
  public Ec2Client ec2WithoutRetries() {
    return ec2WithoutRetries;
  }

  @Override
  public SsmClient ssm() {
    return ssm;
  }

  @Override
  public SsmClient ssmWithoutRetries() {
    return ssmWithoutRetries;
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
  public Sleeper pause() {
    return time::pause;
  }

  @Override
  public int pendingSnapshots() {
    return pendingSnapshots;
  }

  @Override
  public Optional<DrillHost> drillHost() {
    return Optional.of(DrillNetwork.HOST);
  }

  @Override
  public Measurements measurements() {
    return measurements;
  }
}
