package dev.freezeframe.drill;

import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.input.DurationText;
import dev.freezeframe.policy.Drill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides what a drill says of its set: a pure function of what is on record of it. */
public final class DrillJudgement {
  /** Codes of the contract of drill documents that say nothing of the set. */
  private static final Set<Integer> NOT_OF_THE_SET = Set.of(201, 202, 203, 204, 205, 206, 211, 217);

  /** Codes after which file systems are mounted and checked, and only the application is not. */
  private static final Set<Integer> OF_THE_APPLICATION = Set.of(215, 216);

  /** Codes that a volume which was left out may cause, be the set as good as it may. */
  private static final Set<Integer> OF_A_VOLUME_LEFT_OUT = Set.of(212, 215, 216);

  private static final Map<Integer, String> MEANINGS =
      Map.ofEntries(
          Map.entry(201, "the document gave up"),
          Map.entry(204, "another command of the drill was under way"),
          Map.entry(206, "the document refused the drill instance"),
          Map.entry(211, "a volume did not appear in the drill instance"),
          Map.entry(212, "the volumes cannot be assembled"),
          Map.entry(213, "a file system cannot be mounted"),
          Map.entry(214, "a check found damage"),
          Map.entry(215, "the application did not start"),
          Map.entry(216, "the application's own check failed"),
          Map.entry(217, "there was nothing to check"));

  private DrillJudgement() {}

  /**
   * What the drill says.
   *
   * @param warnings not empty: it passed, but not without them
   * @param reached how much is proved; empty: nothing
   */
  public record Judged(
      DrillVerdict verdict, String reason, List<String> warnings, Optional<Drill.Level> reached) {}

  /**
   * Judges a drill that goes on no more.
   *
   * @param problem why its execution went on no more, if it says; it counts only where nothing else
   *     is known
   */
  public static Judged of(DrillRow row, Optional<String> problem) {
    Optional<DrillCheck> validated = row.check(DrillCommand.VALIDATE);
    if (validated.isPresent() && !ofInstance(row, validated.get())) {
      return ofCheck(row, DrillCommand.VALIDATE, validated.get());
    }
    if (row.found().trouble().isPresent()) {
      DrillTrouble trouble = row.found().trouble().get();
      return new Judged(
          trouble.ofSet() ? DrillVerdict.FAILED : DrillVerdict.INCONCLUSIVE,
          trouble.words(),
          List.of(),
          Optional.of(Drill.Level.L0));
    }
    Optional<DrillCheck> dryRun =
        row.check(DrillCommand.DRY_RUN).filter(check -> !check.succeeded());
    if (dryRun.isPresent()) {
      return ofCheck(row, DrillCommand.DRY_RUN, dryRun.get());
    }
    if (problem.isEmpty() && row.order().drill().level() == Drill.Level.L0) {
      return passed(row, "every snapshot of the set is complete", List.of());
    }
    return new Judged(
        DrillVerdict.INCONCLUSIVE,
        problem.orElse("its execution broke off"),
        List.of(),
        Optional.empty());
  }

  /** Whether a validation did not end because its instance did. */
  private static boolean ofInstance(DrillRow row, DrillCheck check) {
    return check.ending() == ScriptRun.Ending.TIMED_OUT && row.found().trouble().isPresent();
  }

  private static Judged ofCheck(DrillRow row, DrillCommand command, DrillCheck check) {
    if (command == DrillCommand.VALIDATE && check.succeeded()) {
      return passed(row, "the validation succeeded", check.warnings());
    }
    String words = "the %s %s".formatted(words(command), why(check));
    boolean nothing =
        switch (check.ending()) {
          case FAILED -> NOT_OF_THE_SET.contains(check.exitCode());
          case TIMED_OUT -> command == DrillCommand.DRY_RUN;
          // A success without a code of 0 is one of a document that left out its steps.
          case UNDELIVERED, CANCELLED, SUCCEEDED -> true;
        };
    List<String> excluded = row.plan().map(DrillPlan::excluded).orElse(List.of());
    boolean leftOut =
        !excluded.isEmpty()
            && check.ending() == ScriptRun.Ending.FAILED
            && OF_A_VOLUME_LEFT_OUT.contains(check.exitCode());
    if (nothing || leftOut) {
      return new Judged(
          DrillVerdict.INCONCLUSIVE,
          leftOut
              ? "%s; that may be for a volume that was left out: %s"
                  .formatted(words, String.join("; ", excluded))
              : words,
          check.warnings(),
          Optional.of(Drill.Level.L0));
    }
    Drill.Level reached =
        OF_THE_APPLICATION.contains(check.exitCode()) ? Drill.Level.L2 : Drill.Level.L0;
    return new Judged(DrillVerdict.FAILED, words, check.warnings(), Optional.of(reached));
  }

  private static String words(DrillCommand command) {
    return command == DrillCommand.VALIDATE ? "validation" : "dry run";
  }

  private static String why(DrillCheck check) {
    if (check.ending() != ScriptRun.Ending.FAILED) {
      return check.words();
    }
    String meaning = MEANINGS.get(check.exitCode());
    return "exited with %d%s%s"
        .formatted(
            check.exitCode(),
            meaning == null ? "" : ": " + meaning,
            check.words().isEmpty() ? "" : ": " + check.words());
  }

  private static Judged passed(DrillRow row, String words, List<String> ofDocument) {
    List<String> warnings = new ArrayList<>();
    row.plan().ifPresent(plan -> warnings.addAll(plan.excluded()));
    warnings.addAll(ofDocument);
    recovery(row).ifPresent(warnings::add);
    age(row).ifPresent(warnings::add);
    return new Judged(
        warnings.isEmpty() ? DrillVerdict.PASSED : DrillVerdict.PASSED_WITH_WARNINGS,
        words,
        warnings,
        Optional.of(row.order().drill().level()));
  }

  /** From the launch to the end of the validation, by our clock and AWS's. */
  private static Optional<String> recovery(DrillRow row) {
    Optional<Duration> rto = row.order().drill().targets().rto();
    Optional<Instant> from = row.at(DrillStage.LAUNCHING);
    Optional<Instant> to = row.at(DrillStage.VALIDATED);
    if (rto.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    Duration took = Duration.between(from.get(), to.get());
    return took.compareTo(rto.get()) > 0
        ? Optional.of(
            "it took %s to recover, expected %s at most"
                .formatted(seconds(took), DurationText.inWords(rto.get())))
        : Optional.empty();
  }

  private static Optional<String> age(DrillRow row) {
    Optional<Duration> rpo = row.order().drill().targets().rpo();
    return row.age()
        .filter(age -> rpo.isPresent() && age.compareTo(rpo.get()) > 0)
        .map(
            age ->
                "the set was %s old, expected %s at most"
                    .formatted(seconds(age), DurationText.inWords(rpo.get())));
  }

  /** Rounded up, so that what is over a target by less than a second reads as over it. */
  private static String seconds(Duration time) {
    return DurationText.inWords(Duration.ofSeconds(time.plusNanos(999_999_999).toSeconds()));
  }
}
