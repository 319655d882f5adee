package dev.freezeframe.task.drill;

import dev.freezeframe.drill.DrillFailedException;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.CaughtError;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records how a drill has ended; its answer is the event. */
public final class RecordDrillTask extends JsonTask<DrillInput, DrillEvent> {
  private final Ledger ledger;
  private final Measurements measurements;
  private final Clock clock;

  public RecordDrillTask() {
    this(new AwsDependencies());
  }

  public RecordDrillTask(TaskDependencies dependencies) {
    super(DrillInput.class);
    this.ledger = dependencies.ledger();
    this.measurements = dependencies.measurements();
    this.clock = dependencies.clock();
  }

  @Override
  protected String explain(DrillEvent event) {
    return "%s: %s".formatted(event.verdict(), event.reason());
  }

  /**
   * Records.
   *
   * @throws DrillFailedException if another execution takes it away, which then records its end
   */
  @Override
  protected DrillEvent handle(DrillInput input) {
    DrillRow ended = ended(input);
    DrillRecord.measure(ledger, measurements, ended);
    return DrillEvent.of(ended);
  }

  private DrillRow ended(DrillInput input) {
    DrillWork work = input.work();
    Optional<DrillRow> known = ledger.drill(input.id()).filter(input::concerns);
    if (known.isEmpty()) {
      return unclaimed(input);
    }
    if (!known.get().open()) {
      return DrillRecord.again(ledger, known.get());
    }
    boolean asked = work.ended().isPresent() || work.endProblem().isPresent();
    boolean launches = known.get().plan().flatMap(plan -> plan.host()).isPresent();
    if (launches && !asked) {
      throw new DrillFailedException(
          "%s is not taken away yet, expected that before its end".formatted(input.id()));
    }
    return DrillRecord.end(ledger, known.get(), problem(work), left(work), clock.instant());
  }

  private static Optional<String> problem(DrillWork work) {
    return work.problem()
        .map(CaughtError::words)
        .or(() -> work.abandonedAt().map(any -> "its execution broke off"));
  }

  private static List<String> left(DrillWork work) {
    return work.endProblem()
        .map(problem -> List.of("it could not be taken away: " + problem.words()))
        .or(() -> work.ended().map(TaskResult::answer).map(DrillStep::left))
        .orElse(List.of());
  }

  /** Its claim failed, so that there is no more than what was asked for. */
  private DrillRow unclaimed(DrillInput input) {
    if (input.work().order().isEmpty()) {
      throw new InputRefusedException(
          "drill is %s, expected one that is on record".formatted(input.id()));
    }
    Instant now = clock.instant();
    DrillRow row =
        ledger.claimDrill(
            DrillRow.of(
                input.id(), input.work().order().get(), input.execution(), now, Optional.empty()),
            now);
    if (!input.concerns(row)) {
      // Another execution has it, as of an input that somebody started once more.
      throw input.ofAnother(row);
    }
    return row.open()
        ? DrillRecord.end(
            ledger,
            row,
            Optional.of(
                "it was not claimed: %s".formatted(problem(input.work()).orElse("no reason"))),
            List.of(),
            now)
        : row;
  }
}
