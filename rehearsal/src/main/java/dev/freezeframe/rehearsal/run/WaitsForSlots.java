package dev.freezeframe.rehearsal.run;

import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.rehearsal.states.EnteredState;
import dev.freezeframe.rehearsal.states.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the backups of a rehearsal waited for slots of the quota of pending snapshots.
 *
 * @param waited how many had to
 * @param longest of their waits
 * @param wouldNeed how many snapshots would have been pending at once if none had waited
 * @param ofVolume how many waited because a volume had as many snapshots that were pending or
 *     failed as EC2 lets it have
 * @param instances that waited
 */
public record WaitsForSlots(
    int waited, Duration longest, int wouldNeed, int ofVolume, SortedSet<String> instances) {
  private static final int MAX_NAMED = 3;
  private static final String VOLUME_IS_FULL =
      "a volume had as many pending or failed snapshots as EC2 lets it have";
  private static final String ASKS = "Take slots";
  private static final String IS_ANSWERED = "Slots taken?";
  private static final String WAITS = "Wait for slots";

  /** What a rehearsal shows of it. */
  public static WaitsForSlots of(Result result) {
    Map<String, List<SnapshotRow>> rows = new HashMap<>();
    result
        .rows()
        .values()
        .forEach(row -> rows.computeIfAbsent(row.execution(), any -> new ArrayList<>()).add(row));
    int waited = 0;
    int ofVolume = 0;
    SortedSet<String> instances = new TreeSet<>();
    OpenOfVolumes open = new OpenOfVolumes(result.lives().values(), result.end());
    Duration longest = Duration.ZERO;
    List<Change> changes = new ArrayList<>();
    for (Firing firing : result.firings()) {
      for (Execution backup : firing.backups()) {
        Optional<Instant> asked = first(backup, ASKS);
        if (asked.isEmpty()) {
          continue;
        }
        Duration wait = wait(backup, asked.get());
        if (!wait.isZero()) {
          String instance = InstanceReport.instanceOf(backup);
          waited++;
          ofVolume += open.full(instance, asked.get()) ? 1 : 0;
          instances.add(instance);
        }
        longest = wait.compareTo(longest) > 0 ? wait : longest;
        for (SnapshotRow row : rows.getOrDefault(backup.arn(), List.of())) {
          Instant settled = row.settledAt().orElse(result.end());
          Duration pending = Duration.between(row.pointInTime(), settled);
          changes.add(new Change(asked.get(), 1));
          changes.add(new Change(asked.get().plus(pending), -1));
        }
      }
    }
    return new WaitsForSlots(waited, longest, most(changes), ofVolume, instances);
  }

  private record Change(Instant at, int by) {}

  private static int most(List<Change> changes) {
    changes.sort(Comparator.comparing(Change::at).thenComparing(Change::by));
    int now = 0;
    int most = 0;
    for (Change change : changes) {
      now += change.by();
      most = Math.max(most, now);
    }
    return most;
  }

  private static Optional<Instant> first(Execution backup, String state) {
    return backup.states().stream()
        .filter(entered -> entered.name().equals(state))
        .map(EnteredState::at)
        .findFirst();
  }

  /** From the first question to the answer after the last wait. */
  private static Duration wait(Execution backup, Instant asked) {
    boolean waits = false;
    Instant answered = asked;
    for (EnteredState entered : backup.states()) {
      waits |= entered.name().equals(WAITS);
      if (waits && entered.name().equals(IS_ANSWERED)) {
        answered = entered.at();
        waits = false;
      }
    }
    return Duration.between(asked, answered);
  }

  /** As a sentence; empty: nobody waited. */
  public Optional<String> sentence(int quota) {
    if (waited == 0) {
      return Optional.empty();
    }
    String waits =
        waited == 1
            ? "1 backup%s waited for slots, unfrozen, for %s".formatted(named(), words(longest))
            : "%d backups%s waited for slots, unfrozen, the longest for %s"
                .formatted(waited, named(), words(longest));
    return Optional.of("%s%s %s.".formatted(waits, ofVolume == waited ? ":" : ";", why(quota)));
  }

  private String why(int quota) {
    if (ofVolume == waited) {
      return VOLUME_IS_FULL;
    }
    String others =
        wouldNeed > quota
            ? "%d snapshots may be pending at once in this account and Region, and it would take %d for none to wait (--pending-limit)"
                .formatted(quota, wouldNeed)
            : "not for the quota of %d pending snapshots alone, which leaves room for all: EC2 refused a set, or other tools had snapshots pending"
                .formatted(quota);
    return ofVolume == 0 ? others : "%d because %s; %s".formatted(ofVolume, VOLUME_IS_FULL, others);
  }

  /** Where they are few. */
  private String named() {
    return instances.isEmpty() || instances.size() > MAX_NAMED
        ? ""
        : " of " + String.join(", ", instances);
  }

  private static String words(Duration duration) {
    return duration.compareTo(Duration.ofMinutes(2)) < 0
        ? "%d s".formatted(duration.toSeconds())
        : "%d min".formatted(duration.toMinutes());
  }
}
