package dev.freezeframe.operator.evidence;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.input.DurationText;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.operator.evidence.Evidence.InstanceProof;
import dev.freezeframe.operator.evidence.Evidence.ProofState;
import dev.freezeframe.policy.Drill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides whether a restore of an instance is proved. */
final class InstanceProofs {
  private static final int MAX_NAMED = 20;

  private InstanceProofs() {}

  /**
   * What is known as of a time.
   *
   * @param rows drills of the group that began before it, in any order; those that have not ended
   *     count as little as those that were skipped
   * @param every within which it is to be drilled; empty: nobody knows
   */
  static InstanceProof of(
      GroupKey group, List<DrillRow> rows, Optional<Duration> every, Instant asOf) {
    List<DrillRow> ended =
        rows.stream()
            .filter(row -> !row.open() && verdict(row) != DrillVerdict.SKIPPED)
            .sorted(
                comparing(DrillRow::startedAt)
                    .thenComparing(DrillRow::id, Comparator.naturalOrder())
                    .reversed())
            .toList();
    Optional<DrillRow> result = ended.stream().filter(InstanceProofs::isResult).findFirst();
    Optional<DrillRow> proof =
        ended.stream().filter(row -> isResult(row) && verdict(row).passed()).findFirst();
    ProofState state = state(ended, result, every, asOf);
    return new InstanceProof(
        group.policy(),
        group.instance(),
        state,
        every.map(Duration::toSeconds),
        proof.map(DrillRow::startedAt),
        proof.map(DrillRow::id),
        proof.flatMap(InstanceProofs::reached),
        words(state, ended, result, every));
  }

  /** Of whom it is proved and since when, and of whom it is not and why; a sentence each. */
  static List<String> inShort(List<InstanceProof> proofs) {
    Map<Boolean, List<String>> words =
        proofs.stream()
            .collect(
                partitioningBy(
                    proof -> proof.state() == ProofState.PROVED,
                    mapping(
                        proof ->
                            "%s (%s, %s)"
                                .formatted(
                                    proof.instance(),
                                    proof.policy(),
                                    proof.state() == ProofState.PROVED
                                        ? "by the drill of " + proof.provedAt().orElseThrow()
                                        : proof.state().words()),
                        toList())));
    List<String> sentences = new ArrayList<>();
    if (!words.get(true).isEmpty()) {
      sentences.add("A restore is proved of " + first(words.get(true)));
    }
    if (!words.get(false).isEmpty()) {
      sentences.add("No restore is proved of " + first(words.get(false)));
    }
    return sentences;
  }

  private static String first(List<String> words) {
    int more = words.size() - MAX_NAMED;
    String first = words.stream().limit(MAX_NAMED).collect(joining("; "));
    return more > 0
        ? "%s; and %,d more, which ./freezeframe evidence lists".formatted(first, more)
        : first;
  }

  /** A drill that restored nothing may pass, and says nothing of a restore. */
  private static boolean isResult(DrillRow row) {
    return verdict(row) == DrillVerdict.FAILED
        || (verdict(row).passed()
            && reached(row).filter(level -> level != Drill.Level.L0).isPresent());
  }

  private static Optional<Drill.Level> reached(DrillRow row) {
    return row.end().flatMap(DrillEnd::reached);
  }

  private static DrillVerdict verdict(DrillRow row) {
    return row.end().orElseThrow().verdict();
  }

  private static ProofState state(
      List<DrillRow> ended, Optional<DrillRow> result, Optional<Duration> every, Instant asOf) {
    if (ended.isEmpty()) {
      return ProofState.NEVER_DRILLED;
    }
    if (result.isEmpty()) {
      return ended.stream().anyMatch(row -> verdict(row).passed())
          ? ProofState.COMPLETE
          : ProofState.NO_RESULT;
    }
    if (verdict(result.get()) == DrillVerdict.FAILED) {
      return ProofState.FAILED;
    }
    Instant at = result.get().startedAt();
    return every.filter(most -> at.plus(most).isBefore(asOf)).isPresent()
        ? ProofState.TOO_OLD
        : ProofState.PROVED;
  }

  private static String words(
      ProofState state, List<DrillRow> ended, Optional<DrillRow> result, Optional<Duration> every) {
    String within =
        every
            .map(most -> "a set of it is to be drilled within " + DurationText.inWords(most))
            .orElse("no drill of its policy is on record, which may not ask for any");
    return switch (state) {
      case PROVED -> "its newest drill with a result passed";
      case NEVER_DRILLED -> "no drill of it is on record; " + within;
      case NO_RESULT -> "no drill of it has passed or failed; the newest: " + reason(ended.get(0));
      case COMPLETE ->
          "its drills have looked whether snapshots are complete, and restored nothing";
      case FAILED -> reason(result.orElseThrow());
      case TOO_OLD -> "%s, and its last proof is older".formatted(within);
    };
  }

  private static String reason(DrillRow row) {
    return row.end().orElseThrow().reason();
  }
}
