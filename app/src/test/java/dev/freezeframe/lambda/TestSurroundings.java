package dev.freezeframe.lambda;

import dev.freezeframe.consistency.Pause;
import dev.freezeframe.ledger.InMemoryLedger;
import dev.freezeframe.ledger.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Surroundings with a ledger and no AWS; tasks that call AWS are tested in the embedded cloud of
 * the rehearsal.
 */
final class TestSurroundings implements Surroundings {
  private final Ledger ledger;
  private final Clock clock;

  TestSurroundings() {
    this(new InMemoryLedger(), Clock.fixed(Instant.parse("2026-11-22T03:00:00Z"), ZoneOffset.UTC));
  }

  TestSurroundings(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Ec2Client ec2() {
    throw new UnsupportedOperationException("there is no EC2 here");
  }

  @Override
  public Ec2Client ec2Once() {
    return ec2();
  }

  @Override
  public SsmClient ssm() {
    throw new UnsupportedOperationException("there is no Systems Manager here");
  }

  @Override
  public SsmClient ssmOnce() {
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
  public Pause pause() {
    return duration -> {};
  }
}
