package dev.freezeframe.rehearsal.simulation.invariant.drill;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillPlan;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.policy.Drill.Level;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.Simulation;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A drill that passed did validate, by what truly happened in its instance, and its set is what it
 * says: no snapshot that was drilled is damaged, and none of the set has failed.
 */
public final class PassedDrillsValidated implements Invariant {

  @Override
  public String name() {
    return "no drill passes that did not validate";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    List<String> broken = new ArrayList<>();
    for (DrillRow row : finalState.cloud().ledger().drills(Simulation.START)) {
      if (row.end().map(DrillEnd::verdict).filter(verdict -> verdict.passed()).isPresent()) {
        Stream.of(unvalidated(finalState, row), damaged(finalState, row), failed(finalState, row))
            .flatMap(Optional::stream)
            .map(
                what -> "%s is %s: %s".formatted(row.id(), row.end().orElseThrow().verdict(), what))
            .forEach(broken::add);
      }
    }
    return broken;
  }

  private static Optional<String> unvalidated(FinalState finalState, DrillRow row) {
    if (row.order().drill().level() == Level.L0) {
      return Optional.empty();
    }
    List<Integer> ended =
        row.found()
            .instance()
            .map(instance -> finalState.cloud().ssm().validations(instance.value()))
            .orElse(List.of());
    return ended.contains(0)
        ? Optional.empty()
        : Optional.of("expected a validation that succeeded, found %s".formatted(ended));
  }

  private static Optional<String> damaged(FinalState finalState, DrillRow row) {
    return row.plan().map(DrillPlan::members).orElse(List.of()).stream()
        .map(DrillPlan.Member::snapshot)
        .filter(
            snapshot ->
                finalState
                    .cloud()
                    .ec2()
                    .originOf(snapshot.value())
                    .filter(origin -> origin.damage().isPresent())
                    .isPresent())
        .map(snapshot -> "expected no damage, found it on " + snapshot)
        .findFirst();
  }

  private static Optional<String> failed(FinalState finalState, DrillRow row) {
    return finalState.sets().getOrDefault(row.order().set().value(), List.of()).stream()
        .map(life -> life.row().snapshot())
        .filter(snapshot -> isFailed(finalState, snapshot))
        .map(
            snapshot ->
                "expected every snapshot to be complete, found %s failed".formatted(snapshot))
        .findFirst();
  }

  private static boolean isFailed(FinalState finalState, SnapshotId snapshot) {
    return Optional.ofNullable(finalState.snapshots().get(snapshot.value()))
        .map(SnapshotView::state)
        .filter("error"::equals)
        .isPresent();
  }
}
