package dev.freezeframe.rehearsal.run;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/** A deployment that was told of another quota of pending snapshots than the one in force. */
record OtherSetting(int pendingSnapshots) implements Mutation {

  @Override
  public TaskDependencies dependencies(TaskDependencies real) {
    return new Told(real, pendingSnapshots);
  }

  private record Told(TaskDependencies real, int pendingSnapshots) implements TaskDependencies {
    @Override
    public Ec2Client ec2() {
      return real.ec2();
    }

    @Override
    public Ec2Client ec2WithoutRetries() {
      return real.ec2WithoutRetries();
    }

    @Override
    public SsmClient ssm() {
      return real.ssm();
    }

    @Override
    public SsmClient ssmWithoutRetries() {
      return real.ssmWithoutRetries();
    }

    @Override
    public Ledger ledger() {
      return real.ledger();
    }

    @Override
    public Clock clock() {
      return real.clock();
    }

    @Override
    public Sleeper pause() {
      return real.pause();
    }

    @Override
    public Measurements measurements() {
      return real.measurements();
    }
  }
}
