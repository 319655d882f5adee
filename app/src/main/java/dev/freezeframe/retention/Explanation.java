package dev.freezeframe.retention;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says why a snapshot is still there and until when, or why and when it went. Reads only. */
public final class Explanation {
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
                    "%s at %s by %s, rule %s: %s"
                        .formatted(
                            deletion.found() ? "deleted" : "found to be gone",
                            deletion.at(),
                            deletion.run(),
                            deletion.rule(),
                            deletion.reason())));
    life.vanishedAt()
        .ifPresent(
            at -> lines.add("vanished: EC2 had it no more at %s, not by our doing".formatted(at)));
    if (life.living()) {
      GroupKey group = life.row().group();
      RetainedSet.of(ledger, group, now).stream()
          .filter(set -> set.set().equals(life.row().set()))
          .findFirst()
          .ifPresent(set -> lines.add(words(set)));
    }
    return lines;
  }

  /** What the snapshot itself is worth. */
  private static String worth(SnapshotHistory life) {
    return life.row()
        .verdict()
        .map(own -> Verdict.words(own.consistency(), own.proof()))
        .orElse("not judged yet");
  }

  /** What a set is worth; the index does not hold what that rests on, its rows do. */
  private String worth(RetainedSet set) {
    return set.consistency()
        .map(
            consistency ->
                Verdict.words(
                    consistency,
                    consistency == Consistency.APPLICATION
                        ? ledger.lives(set.snapshots()).stream()
                            .flatMap(life -> life.row().proof().stream())
                            .max(Comparator.naturalOrder())
                        : Optional.empty()))
        .orElse("not judged yet");
  }

  /** On one instance: its sets, that which goes next first; none if it has none. */
  public List<String> of(InstanceId instance) {
    return RetainedSet.of(ledger, instance, now).stream()
        .sorted(
            Comparator.comparing(Explanation::next)
                .thenComparing(RetainedSet::pointInTime)
                .thenComparing(set -> set.group().policy()))
        .map(
            set ->
                "%s %s, %s, %s: %s"
                    .formatted(
                        set.group().policy(),
                        set.pointInTime(),
                        worth(set),
                        set.snapshots().size() == 1
                            ? set.snapshots().get(0)
                            : "%d snapshots from %s"
                                .formatted(set.snapshots().size(), set.snapshots().get(0)),
                        words(set)))
        .toList();
  }

  /** What goes in the next run comes before whatever is kept. */
  private static Instant next(RetainedSet set) {
    return switch (set.fate()) {
      case EXPIRE -> Instant.MIN;
      case KEEP -> set.until().orElse(Instant.MAX);
    };
  }

  private static String words(RetainedSet set) {
    String reasons = String.join("; ", set.reasons());
    Optional<Instant> until = set.until();
    return switch (set.fate()) {
      case EXPIRE -> "goes in the next run, unless EC2 holds it: " + reasons;
      case KEEP ->
          until
              .map(at -> "kept, asked about again at %s: %s".formatted(at, reasons))
              .orElseGet(() -> "kept until a newer set completes: " + reasons);
    };
  }
}
