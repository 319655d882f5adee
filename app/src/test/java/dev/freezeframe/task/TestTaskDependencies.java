package dev.freezeframe.task;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * TaskDependencies with a ledger and no AWS; tasks that call AWS are tested in the embedded cloud
 * of the rehearsal.
 */
public final class TestTaskDependencies implements TaskDependencies {
  private final Ledger ledger;
  private final Clock clock;

  public TestTaskDependencies() {
    this(new InMemoryLedger(), Clock.fixed(Instant.parse("2026-11-22T03:00:00Z"), ZoneOffset.UTC));
  }

  public TestTaskDependencies(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Ec2Client ec2() {
    throw new UnsupportedOperationException("there is no EC2 here");
  }

  @Override
  public Ec2Client ec2WithoutRetries() {
    return ec2();
  }

  @Override
  public SsmClient ssm() {
    throw new UnsupportedOperationException("there is no Systems Manager here");
  }

  @Override
  public SsmClient ssmWithoutRetries() {
    return ssm();
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Sleeper pause() {
    return duration -> {};
  }
}
