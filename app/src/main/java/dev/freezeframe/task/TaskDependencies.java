package dev.freezeframe.task;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.drill.DrillHost;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.metric.Measurements;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * All that a task reaches outside itself: AWS, or an embedded cloud.
 *
 * <p>Clients are made when first asked for, since loading their classes is what a cold start costs.
 */
public interface TaskDependencies {

  /** Retries as the SDK does by default. */
  Ec2Client ec2();

  /** Makes each call once: for calls without a client token. */
  Ec2Client ec2WithoutRetries();

  /** Retries as the SDK does by default. */
  SsmClient ssm();

  /** Makes each call once: for calls without a client token. */
  SsmClient ssmWithoutRetries();

  Ledger ledger();

  Clock clock();

  Sleeper pause();

  /** How many snapshots may be pending at once in the account and Region. */
  default int pendingSnapshots() {
    return Environment.DEFAULT_PENDING_SNAPSHOTS;
  }

  /** Where drill instances are launched; empty: this deployment has nowhere. */
  default Optional<DrillHost> drillHost() {
    return Optional.empty();
  }

  /** Where measurements go; by default nowhere. */
  default Measurements measurements() {
    return Measurements.NONE;
  }
}
