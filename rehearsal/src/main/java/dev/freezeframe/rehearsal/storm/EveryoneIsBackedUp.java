package dev.freezeframe.rehearsal.storm;

import dev.freezeframe.ledger.SnapshotLife;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.target.InstanceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Liveness: when the faults are over, the next firing backs up every instance that is due. */
final class EveryoneIsBackedUp implements Invariant {

  @Override
  public String name() {
    return "when faults stop, everyone is backed up within a cycle";
  }

  @Override
  public List<String> broken(Aftermath aftermath) {
    List<String> broken = new ArrayList<>();
    for (Policy policy : aftermath.policies()) {
      for (Watch.Due due : aftermath.watch().due(policy.name().value())) {
        if (scriptsFit(policy, aftermath.machine(due.instance()))
            && !backedUp(aftermath, policy, due.instance(), due.firing())) {
          broken.add(
              "expected a completed set of %s by the firing of %s at %s, found none: %s"
                  .formatted(
                      due.instance(),
                      policy.name(),
                      due.firing(),
                      outcome(aftermath, policy, due)));
        }
      }
    }
    return broken;
  }

  private static String outcome(Aftermath aftermath, Policy policy, Watch.Due due) {
    return aftermath
        .cloud()
        .ledger()
        .outcome(RunId.of(policy.name(), due.firing()), new InstanceId(due.instance()))
        .map(outcome -> "%s, %s".formatted(outcome.status(), outcome.reason()))
        .orElse("no outcome is on record");
  }

  /** The documents of a storm are for Linux; without them a policy may have nothing to fall to. */
  private static boolean scriptsFit(Policy policy, Machine machine) {
    return !machine.windows()
        || policy.scripts().map(Scripts::fallBackToCrashConsistent).orElse(true);
  }

  private static boolean backedUp(
      Aftermath aftermath, Policy policy, String instance, Instant firing) {
    return aftermath.sets().values().stream()
        .filter(
            set ->
                set.get(0).row().policy().equals(policy.name())
                    && set.get(0).row().instance().value().equals(instance)
                    && !set.get(0).row().pointInTime().isBefore(firing))
        .anyMatch(set -> set.stream().allMatch(life -> complete(aftermath, life)));
  }

  private static boolean complete(Aftermath aftermath, SnapshotLife life) {
    return life.row().state() == SnapshotState.COMPLETED
        && (life.deletion().isPresent()
            || aftermath.snapshots().containsKey(life.row().snapshot().value()));
  }
}
