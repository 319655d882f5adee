package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.drill.DrilledGroup;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.SettingsText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says why a snapshot is still there and until when, or why and when it went. Reads only. */
public final class Explanation {
  private static final int PAGE = 1000;

  /** How far back the newest run of a policy is looked for: a weekly one is in it. */
  private static final Duration LOOK_BACK = Duration.ofDays(8);

  private final Ledger ledger;
  private final Instant now;

  public Explanation(Ledger ledger, Instant now) {
    this.ledger = ledger;
    this.now = now;
  }

  /** On one snapshot, a line each; none if it is not in the ledger. */
  public List<String> of(SnapshotId snapshot) {
    return ledger.lives(List.of(snapshot)).stream().findFirst().map(this::life).orElse(List.of());
  }

  private List<String> life(SnapshotHistory life) {
    Optional<RestoreFacts> facts = ledger.facts(life.row().set());
    List<String> lines = life(life, facts);
    facts.map(SettingsText::instance).ifPresent(lines::addAll);
    return lines;
  }

  private List<String> life(SnapshotHistory life, Optional<RestoreFacts> facts) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s is of %s of %s%s, taken by policy %s at %s, %s"
            .formatted(
                life.row().snapshot(),
                life.row().volume(),
                life.row().instance(),
                life.row().device().map(", attached there as "::concat).orElse(""),
                life.row().policy(),
                life.row().pointInTime(),
                worth(life)));
    life.row().verdict().ifPresent(own -> lines.add("verdict: " + own.reason()));
    life.row()
        .apart()
        .ifPresent(
            own ->
                lines.add(
                    "its set is %s: %s"
                        .formatted(
                            Verdict.words(
                                life.row().consistency().orElseThrow(), life.row().proof()),
                            life.row().reason().orElse(""))));
    life.adoption()
        .ifPresent(
            adoption -> lines.add("adopted at %s: %s".formatted(adoption.at(), adoption.from())));
    life.deletion()
        .ifPresent(
            deletion ->
                lines.add(
                    "%s at %s by plan %s, rule %s: %s"
                        .formatted(
                            deletion.found() ? "deleted" : "found to be gone",
                            deletion.at(),
                            deletion.run(),
                            deletion.rule(),
                            deletion.reason())));
    life.vanishedAt()
        .ifPresent(
            at -> lines.add("not found in EC2 at %s; Freezeframe did not delete it".formatted(at)));
    if (life.living()) {
      GroupKey group = life.row().group();
      RetainedSet.of(ledger, group, now).stream()
          .filter(set -> set.set().equals(life.row().set()))
          .findFirst()
          .ifPresent(set -> lines.add(words(set)));
    }
    facts.flatMap(known -> SettingsText.volume(known, life.row().snapshot())).ifPresent(lines::add);
    return lines;
  }

  /** Returns the verdict on the snapshot itself. */
  private static String worth(SnapshotHistory life) {
    return life.row()
        .verdict()
        .map(own -> Verdict.words(own.consistency(), own.proof()))
        .orElse("not judged yet");
  }

  /** Returns the verdict on a set, with its reason unless it is APPLICATION. */
  private String worth(RetainedSet set) {
    Optional<Consistency> consistency = set.consistency();
    if (consistency.isEmpty()) {
      return "not judged yet";
    }
    List<SnapshotHistory> lives = ledger.lives(set.snapshots());
    if (consistency.get() == Consistency.APPLICATION) {
      return Verdict.words(
          consistency.get(),
          lives.stream()
              .flatMap(life -> life.row().proof().stream())
              .max(Comparator.naturalOrder()));
    }
    return lives.stream()
        .flatMap(life -> life.row().reason().stream())
        .findFirst()
        .map(reason -> "%s (%s)".formatted(consistency.get(), reason))
        .orElseGet(() -> consistency.get().name());
  }

  /**
   * On one set: what is said of each of its snapshots, and how its instance was set. None if it is
   * not in the ledger, which forgets a snapshot some time after its deletion.
   */
  public List<String> of(AttemptId set) {
    Optional<RestoreFacts> facts = ledger.facts(set);
    List<String> lines = new ArrayList<>();
    ledger.lives(snapshots(set)).forEach(life -> lines.addAll(life(life, facts)));
    if (!lines.isEmpty()) {
      facts.map(SettingsText::instance).ifPresent(lines::addAll);
    }
    return lines;
  }

  private List<SnapshotId> snapshots(AttemptId set) {
    Optional<GroupKey> after = Optional.empty();
    List<GroupKey> page;
    do {
      page = ledger.groups(after, PAGE);
      for (GroupKey group : page) {
        List<SnapshotId> found =
            ledger.members(group).stream()
                .filter(indexed -> indexed.set().equals(set))
                .map(IndexedSnapshot::snapshot)
                .toList();
        if (!found.isEmpty()) {
          return found;
        }
      }
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1));
    } while (page.size() == PAGE);
    return snapshotsOfRuns(set);
  }

  /** A set that went has left its group; the run that took it still leads to its rows. */
  private List<SnapshotId> snapshotsOfRuns(AttemptId set) {
    List<RunId> newestFirst = new ArrayList<>(ledger.runs(Instant.EPOCH, now.plusMillis(1)));
    Collections.reverse(newestFirst);
    for (RunId run : newestFirst) {
      List<SnapshotId> found =
          ledger.snapshotsOf(run).stream()
              .filter(row -> row.set().equals(set))
              .map(SnapshotRow::snapshot)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /**
   * On one instance: its sets, that which expires next first, of each policy that backed it up in
   * the last days the backup that took none, what its drills have come to, and how it was set when
   * its newest set was taken; none if the ledger knows nothing of it.
   */
  public List<String> of(InstanceId instance) {
    List<String> lines = new ArrayList<>();
    RetainedSet.of(ledger, instance, now).stream()
        .sorted(
            Comparator.comparing(Explanation::next)
                .thenComparing(RetainedSet::pointInTime)
                .thenComparing(set -> set.group().policy()))
        .map(this::line)
        .forEach(lines::add);
    lines.addAll(withoutSet(instance));
    lines.addAll(drilled(instance));
    newest(instance).map(SettingsText::instance).ifPresent(lines::addAll);
    return lines;
  }

  /** Of each policy whose sets of it were drilled, what that has come to. */
  private List<String> drilled(InstanceId instance) {
    return RetainedSet.of(ledger, instance, now).stream()
        .map(set -> set.group().policy())
        .distinct()
        .sorted()
        .flatMap(policy -> ledger.drilledGroup(policy, instance).stream())
        .map(Explanation::words)
        .toList();
  }

  private static String words(DrilledGroup drilled) {
    return "%s: %s; its last drill, %s, began %s and is %s"
        .formatted(
            drilled.policy(),
            drilled
                .proved()
                .map(
                    proved ->
                        "last proved by %s, which restored set %s of %s"
                            .formatted(proved.drill(), proved.set(), proved.pointInTime()))
                .orElse("no restore of it is proved"),
            drilled.last().drill(),
            drilled.last().startedAt(),
            drilled.last().verdict());
  }

  /** The facts of its newest set of which some are on record. */
  private Optional<RestoreFacts> newest(InstanceId instance) {
    return RetainedSet.of(ledger, instance, now).stream()
        .sorted(Comparator.comparing(RetainedSet::pointInTime).reversed())
        .flatMap(set -> ledger.facts(set.set()).stream())
        .findFirst();
  }

  private String line(RetainedSet set) {
    return "%s %s, set %s, %s, %s: %s"
        .formatted(
            set.group().policy(),
            set.pointInTime(),
            set.set(),
            worth(set),
            set.snapshots().size() == 1
                ? set.snapshots().get(0)
                : "%d snapshots from %s".formatted(set.snapshots().size(), set.snapshots().get(0)),
            words(set));
  }

  /** The newest outcome under each policy, where that is a backup that failed or was skipped. */
  private List<String> withoutSet(InstanceId instance) {
    Map<PolicyName, List<RunId>> runs = new TreeMap<>();
    ledger
        .runs(now.minus(LOOK_BACK), now.plusMillis(1))
        .forEach(run -> runs.computeIfAbsent(run.policy(), policy -> new ArrayList<>()).add(run));
    List<String> lines = new ArrayList<>();
    runs.values()
        .forEach(
            of -> {
              RunId newest = of.get(of.size() - 1);
              outcome(newest, instance).ifPresent(words -> lines.add(newest + ": " + words));
            });
    return lines;
  }

  private Optional<String> outcome(RunId run, InstanceId instance) {
    Optional<OutcomeRow> outcome = ledger.outcome(run, instance);
    if (outcome.isPresent()) {
      return outcome
          .filter(row -> row.status() != OutcomeRow.Status.SUCCEEDED)
          .map(row -> "%s: %s".formatted(row.status(), row.reason()));
    }
    return ledger.run(run).pages().stream()
        .flatMap(page -> page.invalid().stream())
        .filter(invalid -> invalid.instance().equals(instance))
        .findFirst()
        .map(invalid -> "SKIPPED: " + invalid.reason());
  }

  /** Orders sets that expire in the next run before those that are kept. */
  private static Instant next(RetainedSet set) {
    return set.expires() ? Instant.MIN : set.until().orElse(Instant.MAX);
  }

  private String words(RetainedSet set) {
    String reasons = String.join("; ", set.reasons());
    if (set.expires()) {
      return "expires in the next run, unless EC2 shows that it is pinned, locked or in use by an image: "
          + reasons;
    }
    return set.until()
        .map(
            at ->
                at.isAfter(now)
                    ? "kept until %s at least: %s".formatted(at, reasons)
                    : "kept, decided again in the next run: " + reasons)
        .orElseGet(() -> "kept, decided again when a newer set completes: " + reasons);
  }
}
