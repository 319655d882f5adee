package dev.freezeframe.policy;

import dev.freezeframe.input.RefusedValueException;
import dev.freezeframe.policy.schedule.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the sets of a policy are drilled: restored to an instance of their own, checked there, and
 * taken away again.
 *
 * @param every within which each instance's sets are drilled once
 * @param schedule when drills are chosen and started
 * @param level how much a drill proves
 * @param document SSM document that checks the volumes in the drill instance; unused at {@link
 *     Level#L0}
 * @param timeout of the document's validation
 */
public record Drill(
    Duration every,
    Schedule schedule,
    Level level,
    String document,
    Duration timeout,
    Host host,
    Limits limits,
    Targets targets) {

  public Drill {
    DrillFields.EACH.check(every);
    DrillFields.DOCUMENT.check(document);
    DrillFields.TIMEOUT.check(timeout);
    if (level == Level.L3 && document.equals(DrillFields.FILE_SYSTEMS)) {
      throw new RefusedValueException(
          "document",
          document + " at level L3",
          "one that starts an application, such as freezeframe-drill-postgresql");
    }
  }

  /** How much a drill proves. */
  public enum Level {
    /** Every snapshot of the set is complete, as EC2 says. */
    L0,
    /** The volumes are assembled, mounted and checked. */
    L2,
    /** The application starts on them, and its own check passes. */
    L3
  }

  /**
   * The drill instance.
   *
   * @param instanceType empty: a small one of the architecture of the set's instance
   * @param image id, or {@code resolve:ssm:NAME}; empty: the newest Amazon Linux
   * @param subnets that are tried in turn while EC2 has no capacity; empty: the deployment's
   * @param securityGroups ids; empty: the deployment's
   */
  public record Host(
      Optional<String> instanceType,
      Optional<String> image,
      List<String> subnets,
      List<String> securityGroups) {

    public Host {
      DrillFields.INSTANCE_TYPE.check(instanceType);
      DrillFields.IMAGE.check(image);
      DrillFields.SUBNETS.check(subnets);
      DrillFields.SECURITY_GROUPS.check(securityGroups);
      subnets = List.copyOf(subnets);
      securityGroups = List.copyOf(securityGroups);
      if (subnets.isEmpty() != securityGroups.isEmpty()) {
        String missing = subnets.isEmpty() ? "subnets" : "securityGroups";
        String other = subnets.isEmpty() ? "securityGroups" : "subnets";
        throw new RefusedValueException(
            other, "set without " + missing, "the two together, or neither");
      }
    }
  }

  /**
   * What drills may take.
   *
   * @param maxConcurrent drills of the policy at once
   * @param maxGiB of the volumes of one drill; a larger set is skipped
   * @param maxPerMonth in US$ of a calendar month in UTC, by approximate prices
   */
  public record Limits(int maxConcurrent, int maxGiB, double maxPerMonth) {

    public Limits {
      DrillFields.MAX_CONCURRENT.check(maxConcurrent);
      DrillFields.MAX_GIB.check(maxGiB);
      DrillFields.MAX_PER_MONTH.check(maxPerMonth);
    }
  }

  /**
   * What a drill is compared with; one that misses a target passes with a warning.
   *
   * @param rto from the launch until everything is checked
   * @param rpo from the point in time of the set until the drill begins
   */
  public record Targets(Optional<Duration> rto, Optional<Duration> rpo) {

    public Targets {
      DrillFields.RTO.check(rto);
      DrillFields.RPO.check(rpo);
    }
  }

  /** What is drilled how, and how often, as an English sentence. */
  public String sentence() {
    return DrillDescription.of(this);
  }
}
