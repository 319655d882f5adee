package dev.freezeframe.drill;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.policy.Drill;
import java.time.Instant;
import java.util.Optional;

/**
 * What the drills of the sets of one policy and instance have come to.
 *
 * @param last the newest drill that ended otherwise than skipped
 * @param conclusive when the newest drill that passed or failed began
 * @param inconclusive how many drills since then said nothing
 * @param proved the newest set that was restored and passed; empty: none was, or it failed since
 */
public record DrilledGroup(
    PolicyName policy,
    InstanceId instance,
    Last last,
    Optional<Instant> conclusive,
    int inconclusive,
    Optional<Proved> proved) {

  public DrilledGroup {
    conclusive = conclusive.map(at -> at.truncatedTo(MILLIS));
  }

  /**
   * A drill that ended.
   *
   * @param startedAt when it was claimed
   * @param document hash of its document; empty: it had none
   */
  public record Last(
      DrillId drill, DrillVerdict verdict, Instant startedAt, Optional<String> document) {

    public Last {
      startedAt = startedAt.truncatedTo(MILLIS);
    }
  }

  /** A set that passed a drill which restored it. */
  public record Proved(AttemptId set, Instant pointInTime, DrillId drill) {

    public Proved {
      pointInTime = pointInTime.truncatedTo(MILLIS);
    }
  }

  /**
   * What it comes to with one drill more.
   *
   * @param before empty: it is the first of the group
   * @return the same if the drill was skipped; one that is older than the last can only prove
   */
  public static Optional<DrilledGroup> with(Optional<DrilledGroup> before, DrillRow row) {
    DrillVerdict verdict = row.end().map(DrillEnd::verdict).orElse(DrillVerdict.SKIPPED);
    if (verdict == DrillVerdict.SKIPPED) {
      return before;
    }
    if (before.map(DrilledGroup::last).filter(last -> !isNewer(row, last)).isPresent()) {
      return before.map(known -> verdict.passed() ? known.proving(row) : known);
    }
    int inconclusive =
        verdict.conclusive() ? 0 : before.map(DrilledGroup::inconclusive).orElse(0) + 1;
    return Optional.of(
        new DrilledGroup(
            row.order().policy(),
            row.order().instance(),
            new Last(
                row.id(),
                verdict,
                row.startedAt(),
                row.plan()
                    .flatMap(DrillPlan::document)
                    .map(DocumentVersion::sha256)
                    .filter(hash -> !hash.isEmpty())),
            verdict.conclusive()
                ? Optional.of(row.startedAt())
                : before.flatMap(DrilledGroup::conclusive),
            inconclusive,
            proved(before.flatMap(DrilledGroup::proved), row, verdict)));
  }

  /** With the proof of a drill that ended late. */
  private DrilledGroup proving(DrillRow row) {
    return new DrilledGroup(
        policy, instance, last, conclusive, inconclusive, proved(proved, row, DrillVerdict.PASSED));
  }

  private static boolean isNewer(DrillRow row, Last last) {
    return row.startedAt().isAfter(last.startedAt())
        || (row.startedAt().equals(last.startedAt()) && !row.id().equals(last.drill()));
  }

  /** One whose snapshots are only seen to be complete has never been restored. */
  private static boolean isRestored(DrillRow row) {
    return row.end()
        .flatMap(DrillEnd::reached)
        .filter(level -> level.compareTo(Drill.Level.L0) > 0)
        .isPresent();
  }

  private static Optional<Proved> proved(
      Optional<Proved> before, DrillRow row, DrillVerdict verdict) {
    AttemptId set = row.order().set();
    if (verdict == DrillVerdict.FAILED) {
      return before.filter(proved -> !proved.set().equals(set));
    }
    if (!verdict.passed() || row.plan().isEmpty() || !isRestored(row)) {
      return before;
    }
    Instant pointInTime = row.plan().get().pointInTime();
    return before
        .filter(proved -> proved.pointInTime().isAfter(pointInTime))
        .or(() -> Optional.of(new Proved(set, pointInTime, row.id())));
  }
}
