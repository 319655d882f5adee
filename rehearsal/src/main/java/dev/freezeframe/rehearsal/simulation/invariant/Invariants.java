package dev.freezeframe.rehearsal.simulation.invariant;

import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.drill.NothingStaysRestored;
import dev.freezeframe.rehearsal.simulation.invariant.drill.PassedDrillsValidated;
import dev.freezeframe.rehearsal.simulation.invariant.guest.AlarmsKeepInstancesRunning;
import dev.freezeframe.rehearsal.simulation.invariant.guest.FreezesEnd;
import dev.freezeframe.rehearsal.simulation.invariant.guest.NoneIsStartedThatWasStopped;
import dev.freezeframe.rehearsal.simulation.invariant.guest.NothingStaysFrozen;
import dev.freezeframe.rehearsal.simulation.invariant.guest.NothingStaysStopped;
import dev.freezeframe.rehearsal.simulation.invariant.guest.OnlyWhatMayIsStopped;
import dev.freezeframe.rehearsal.simulation.invariant.limit.HistoriesFit;
import dev.freezeframe.rehearsal.simulation.invariant.limit.NamesFit;
import dev.freezeframe.rehearsal.simulation.invariant.limit.NothingIsFrozenForNothing;
import dev.freezeframe.rehearsal.simulation.invariant.limit.RatesAreKept;
import dev.freezeframe.rehearsal.simulation.invariant.limit.StatesFit;
import dev.freezeframe.rehearsal.simulation.invariant.restore.LeasedSetsStay;
import dev.freezeframe.rehearsal.simulation.invariant.restore.NoHalfRestore;
import dev.freezeframe.rehearsal.simulation.invariant.restore.NothingLeaksFromRestores;
import dev.freezeframe.rehearsal.simulation.invariant.restore.OldVolumesStay;
import dev.freezeframe.rehearsal.simulation.invariant.restore.RestoreAndBackupKeepApart;
import dev.freezeframe.rehearsal.simulation.invariant.restore.RestoredTargetsRun;
import java.util.ArrayList;
import java.util.List;

/** All that is checked. */
public final class Invariants {
  static final List<Invariant> ALL =
      List.of(
          new FreezesEnd(),
          new NothingStaysFrozen(),
          new NothingStaysUnmounted(),
          new NothingStaysStopped(),
          new NoneIsStartedThatWasStopped(),
          new OnlyWhatMayIsStopped(),
          new AlarmsKeepInstancesRunning(),
          new EverySnapshotIsKnown(),
          new EveryRowExists(),
          new ApplicationIsTrue(),
          new OneSetPerAttempt(),
          new DeletionsFollowRules(),
          new MinimumIsKept(),
          new ExecutionsEnd(),
          new HistoriesFit(),
          new StatesFit(),
          new NamesFit(),
          new RatesAreKept(),
          new NothingIsFrozenForNothing(),
          new SlotsComeBack(),
          new SummariesAreTrue(),
          new EveryoneIsBackedUp(),
          new NoHalfRestore(),
          new OldVolumesStay(),
          new NothingLeaksFromRestores(),
          new RestoreAndBackupKeepApart(),
          new LeasedSetsStay(),
          new RestoredTargetsRun(),
          new NothingStaysRestored(),
          new PassedDrillsValidated());

  private Invariants() {}

  public static List<Violation> check(FinalState finalState) {
    List<Violation> violations = new ArrayList<>();
    for (Invariant invariant : ALL) {
      invariant
          .broken(finalState)
          .forEach(found -> violations.add(new Violation(invariant.name(), found)));
    }
    return violations;
  }
}
