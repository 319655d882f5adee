package dev.freezeframe.operator.evidence;

import dev.freezeframe.drill.DrillPlan;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.operator.evidence.Evidence.Measure;
import dev.freezeframe.operator.evidence.Evidence.TestedSet;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.task.drill.DrillEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One drill that has ended.
 *
 * @param drill as it was announced when it ended
 * @param why it was the turn of the set
 * @param instanceType of the drill instance; empty: none was planned
 * @param recoveryTime from the launch until it was known how the validation ended
 * @param recoveryPoint age of the set when the drill began
 * @param failedChecks what each exit code that is not 0 means, by command
 */
public record DrillEvidence(
    DrillEvent drill,
    String why,
    TestedSet set,
    Optional<String> instanceType,
    Measure recoveryTime,
    Measure recoveryPoint,
    Map<String, String> failedChecks) {

  static DrillEvidence of(DrillRow row, TestedSet set) {
    DrillEvent event = DrillEvent.of(row);
    Drill.Targets targets = row.order().drill().targets();
    Map<String, String> failed = new TreeMap<>();
    event
        .exitCodes()
        .forEach(
            (command, code) -> {
              if (code != 0) {
                failed.put(command, ExitCode.meaningOf(code));
              }
            });
    return new DrillEvidence(
        event,
        row.order().reason(),
        set,
        row.plan().flatMap(DrillPlan::host).map(DrillPlan.Host::instanceType),
        new Measure(recovery(row), targets.rto().map(Duration::toSeconds)),
        new Measure(
            row.age().map(age -> age.toMillis() / 1000.0), targets.rpo().map(Duration::toSeconds)),
        failed);
  }

  private static Optional<Double> recovery(DrillRow row) {
    return row.at(DrillStage.LAUNCHING)
        .flatMap(
            from ->
                row.at(DrillStage.VALIDATED)
                    .map(to -> Duration.between(from, to).toMillis() / 1000.0));
  }
}
