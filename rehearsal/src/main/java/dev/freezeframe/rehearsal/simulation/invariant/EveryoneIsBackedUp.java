package dev.freezeframe.rehearsal.simulation.invariant;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.rehearsal.instance.Downtime;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.Observer;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Liveness: when the faults are over, the next firing backs up every instance that is due. */
public final class EveryoneIsBackedUp implements Invariant {
  /** With the jitter of its pacing, and functions that are refused for a while. */
  private static final Duration INSPECTED_WITHIN = Duration.ofMinutes(15);

  /** A backup waits so long for an instance that is stopped or started, and for its agent. */
  private static final Duration WAITS = Duration.ofMinutes(150);

  private static final Duration AGENT_IS_BACK = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "when faults stop, everyone is backed up within a cycle";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    List<String> broken = new ArrayList<>();
    for (Policy policy : finalState.policies()) {
      for (Observer.Due due : finalState.watch().due(policy.name().value())) {
        if (scriptsFit(policy, finalState.simulation().fleet().windows(due.instance()))
            && stopFits(policy, finalState, due)
            && !backedUp(finalState, policy, due.instance(), due.firing())) {
          broken.add(
              "expected a completed set of %s by the firing of %s at %s, found none: %s"
                  .formatted(
                      due.instance(),
                      policy.name(),
                      due.firing(),
                      outcome(finalState, policy, due)));
        }
      }
    }
    return broken;
  }

  private static String outcome(FinalState finalState, Policy policy, Observer.Due due) {
    return finalState
        .cloud()
        .ledger()
        .outcome(RunId.of(policy.name(), due.firing()), new InstanceId(due.instance()))
        .map(outcome -> "%s, %s".formatted(outcome.status(), outcome.reason()))
        .orElse("no outcome is on record");
  }

  /**
   * The documents of a simulation are for Linux; without them a policy may have nothing to fall to.
   */
  private static boolean scriptsFit(Policy policy, boolean windows) {
    return !windows || policy.scripts().map(Scripts::fallBackToCrashConsistent).orElse(true);
  }

  /**
   * A policy that stops skips what may not be stopped. Any other waits for an instance that a
   * backup of another policy stops or starts just then, and for its agent; not for longer than is
   * documented.
   */
  private static boolean stopFits(Policy policy, FinalState finalState, Observer.Due due) {
    return policy.stop().isPresent()
        ? finalState.simulation().fleet().whyNotStopped(due.instance()).isEmpty()
        : finalState.cloud().ec2().downtimes(due.instance()).stream()
            .filter(down -> down.stoppedBy().isPresent())
            .noneMatch(down -> outlasts(down, due.firing(), policy));
  }

  private static boolean outlasts(Downtime down, Instant firing, Policy policy) {
    Duration patience = policy.completion().giveUpAfter();
    Instant givenUp = firing.plus(patience.compareTo(WAITS) < 0 ? patience : WAITS);
    return down.from().isBefore(firing.plus(INSPECTED_WITHIN))
        && down.to().map(givenUp.minus(AGENT_IS_BACK)::isBefore).orElse(true);
  }

  private static boolean backedUp(
      FinalState finalState, Policy policy, String instance, Instant firing) {
    return finalState.sets().values().stream()
        .filter(
            set ->
                set.get(0).row().policy().equals(policy.name())
                    && set.get(0).row().instance().value().equals(instance)
                    && !set.get(0).row().pointInTime().isBefore(firing))
        .anyMatch(set -> set.stream().allMatch(life -> complete(finalState, life)));
  }

  private static boolean complete(FinalState finalState, SnapshotHistory life) {
    return life.row().state() == SnapshotState.COMPLETED
        && (life.deletion().isPresent()
            || finalState.snapshots().containsKey(life.row().snapshot().value()));
  }
}
