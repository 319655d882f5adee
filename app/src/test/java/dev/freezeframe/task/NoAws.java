package dev.freezeframe.task;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.metric.Measurements;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * TaskDependencies in which every task can be made and every call to AWS is refused with {@link
 * UnsupportedOperationException}: anyone who gets that far has believed his input. A client that is
 * given answers what it can.
 */
public final class NoAws implements TaskDependencies {
  private final Ec2Client ec2;
  private final SsmClient ssm;
  private final InMemoryLedger ledger;
  private Instant now = Instant.parse("2026-11-22T03:00:00Z");

  /** What was measured, each as {@code DOWN 60.0}. */
  public final List<String> measured = new ArrayList<>();

  public NoAws() {
    this(
        new Ec2Client() {
          @Override
          public String serviceName() {
            return "ec2";
          }

          @Override
          public void close() {}
        });
  }

  public NoAws(Ec2Client ec2) {
    this(ec2, new InMemoryLedger());
  }

  public NoAws(Ec2Client ec2, InMemoryLedger ledger) {
    this(
        ec2,
        new SsmClient() {
          @Override
          public String serviceName() {
            return "ssm";
          }

          @Override
          public void close() {}
        },
        ledger);
  }

  public NoAws(Ec2Client ec2, SsmClient ssm) {
    this(ec2, ssm, new InMemoryLedger());
  }

  private NoAws(Ec2Client ec2, SsmClient ssm, InMemoryLedger ledger) {
    this.ec2 = ec2;
    this.ssm = ssm;
    this.ledger = ledger;
  }

  @Override
  public Ec2Client ec2() {
    return ec2;
  }

  @Override
  public Ec2Client ec2WithoutRetries() {
    return ec2();
  }

  @Override
  public SsmClient ssm() {
    return ssm;
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
    return new Clock() {
      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        throw new UnsupportedOperationException("UTC will do");
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  @Override
  public Sleeper pause() {
    return (Duration duration) -> now = now.plus(duration);
  }

  @Override
  public Measurements measurements() {
    return (policy, values) ->
        values.forEach((metric, value) -> measured.add(metric + " " + value));
  }
}
