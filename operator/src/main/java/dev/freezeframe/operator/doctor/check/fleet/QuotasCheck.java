package dev.freezeframe.operator.doctor.check.fleet;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Finding.Status;

/** Whether the account's quotas do for what the policies take of the fleet. */
public final class QuotasCheck {
  /** Of the quota: from there on it is time to ask for more. */
  private static final double NEARLY = 0.8;

  private QuotasCheck() {}

  /**
   * The most that runs take.
   *
   * @param volumes snapshots that the largest run takes
   * @param concurrency functions of the largest run that are at work at once
   */
  public record Need(long volumes, long concurrency) {

    /** The larger of each. */
    public static Need most(Need one, Need other) {
      return new Need(
          Math.max(one.volumes, other.volumes), Math.max(one.concurrency, other.concurrency));
    }
  }

  /** Whether a run's snapshots may all be pending at once; if not, the rest waits its turn. */
  public static Finding pending(Asked<Double> limit, Asked<Long> pendingNow, Asked<Need> runs) {
    Quota quota = Quota.PENDING_SNAPSHOTS;
    if (runs.value().isEmpty()) {
      return Finding.unanswered(quota.check(), runs);
    }
    Need need = runs.value().get();
    double most = limit.value().orElse((double) quota.byDefault());
    String now = pendingNow.value().map("; %,d are pending now"::formatted).orElse("");
    String found =
        "%,.0f snapshots may be pending%s, the largest run takes %,d%s"
            .formatted(most, assumed(limit), need.volumes(), now);
    if (need.volumes() > most) {
      return Finding.warn(
          quota.check(),
          found + "; what is over it waits until others are complete",
          "give policies other hours, or have AWS Support raise it (%s)".formatted(quota.code()));
    }
    return judged(quota, limit, found);
  }

  /** Whether functions of a run find room at once: a thaw that waits is a freeze that lasts. */
  public static Finding concurrency(Asked<Double> limit, Asked<Need> runs) {
    Quota quota = Quota.CONCURRENCY;
    if (runs.value().isEmpty()) {
      return Finding.unanswered(quota.check(), runs);
    }
    Need need = runs.value().get();
    double most = limit.value().orElse((double) quota.byDefault());
    String found =
        "%,.0f functions may run at once%s, the largest run needs about %,d"
            .formatted(most, assumed(limit), need.concurrency());
    if (need.concurrency() > most) {
      return Finding.fail(
          quota.check(),
          found,
          "ask Service Quotas for more (%s), or lower pacing.setsPerSecond of the policies"
              .formatted(quota.code()));
    }
    return judged(quota, limit, found);
  }

  /** Whether the next run's snapshots have room in the Region. */
  public static Finding snapshots(Asked<Double> limit, Asked<Long> there, Asked<Need> runs) {
    Quota quota = Quota.SNAPSHOTS;
    if (runs.value().isEmpty()) {
      return Finding.unanswered(quota.check(), runs);
    }
    Need need = runs.value().get();
    if (there.value().isEmpty()) {
      return Finding.unanswered(quota.check(), there);
    }
    double most = limit.value().orElse((double) quota.byDefault());
    String found =
        "%,d of %,.0f snapshots are in the Region%s, the largest run adds %,d"
            .formatted(there.value().get(), most, assumed(limit), need.volumes());
    String remedy = "keep fewer, or ask Service Quotas for more (%s)".formatted(quota.code());
    if (there.value().get() + need.volumes() > most) {
      return Finding.fail(quota.check(), found, remedy);
    }
    return there.value().get() > most * NEARLY
        ? Finding.warn(quota.check(), found, remedy)
        : judged(quota, limit, found);
  }

  private static String assumed(Asked<Double> limit) {
    return limit.value().isPresent() ? "" : " (the default; what is in force was not answered)";
  }

  private static Finding judged(Quota quota, Asked<Double> limit, String found) {
    return limit.value().isPresent()
        ? Finding.pass(quota.check(), found)
        : new Finding(
            quota.check(),
            Status.WARN,
            "%s: %s".formatted(found, limit.unanswered()),
            limit.remedy());
  }
}
