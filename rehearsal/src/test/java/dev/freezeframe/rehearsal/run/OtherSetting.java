package dev.freezeframe.rehearsal.run;

import dev.freezeframe.consistency.Pause;
import dev.freezeframe.lambda.Surroundings;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.metric.Measurements;
import java.time.Clock;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/** A deployment that was told of another quota of pending snapshots than the one in force. */
record OtherSetting(int pendingSnapshots) implements Mutation {

  @Override
  public Surroundings surroundings(Surroundings real) {
    return new Told(real, pendingSnapshots);
  }

  private record Told(Surroundings real, int pendingSnapshots) implements Surroundings {
    @Override
    public Ec2Client ec2() {
      return real.ec2();
    }

    @Override
    public Ec2Client ec2Once() {
      return real.ec2Once();
    }

    @Override
    public SsmClient ssm() {
      return real.ssm();
    }

    @Override
    public SsmClient ssmOnce() {
      return real.ssmOnce();
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
    public Pause pause() {
      return real.pause();
    }

    @Override
    public Measurements measurements() {
      return real.measurements();
    }
  }
}
