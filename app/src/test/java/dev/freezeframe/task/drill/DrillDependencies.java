package dev.freezeframe.task.drill;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.drill.DrillHost;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * What the functions of drills reach in a test, by the test's clock.
 *
 * @param measured the last value of each metric
 */
record DrillDependencies(
    Ec2Client ec2,
    SsmClient ssm,
    Ledger ledger,
    Supplier<Instant> now,
    Map<Metric, Double> measured)
    implements TaskDependencies {

  DrillDependencies(Ec2Client ec2, SsmClient ssm, Ledger ledger, Supplier<Instant> now) {
    this(ec2, ssm, ledger, now, new EnumMap<>(Metric.class));
  }

  @Override
  public Measurements measurements() {
    return (policy, values) -> values.forEach((what, value) -> measured.put(what, value));
  }

  @Override
  public Ec2Client ec2WithoutRetries() {
    return ec2;
  }

  @Override
  public SsmClient ssmWithoutRetries() {
    return ssm;
  }

  @Override
  public Optional<DrillHost> drillHost() {
    return Optional.of(new DrillHost(List.of("subnet-00000001"), List.of("sg-00000001"), "drills"));
  }

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now.get();
      }
    };
  }

  @Override
  public Sleeper pause() {
    return any -> {};
  }
}
