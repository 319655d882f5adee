package dev.freezeframe.rehearsal.simulation.invariant.guest;

import dev.freezeframe.policy.Stop;
import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.faults.Fault;
import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.faults.Occasions;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * While an alarm rings that a policy names in {@code stop.skipIfAlarm}, none of its backups begins
 * a stop; but for one that has read the alarm before it rang.
 */
public final class AlarmsKeepInstancesRunning implements Invariant {
  /** A reading counts for five minutes, and a function that has it acts within one more. */
  private static final Duration READ_BEFORE = Duration.ofMinutes(6);

  @Override
  public String name() {
    return "while an alarm rings nobody is stopped";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    List<String> broken = new ArrayList<>();
    Set<String> begun = new HashSet<>();
    for (Call call : finalState.cloud().api().calls()) {
      // Later ones of an execution order the same stop again, which is under way.
      if (call.action().equals("ec2:StopInstances")
          && call.caller().task().equals("StopInstance")
          && begun.add(call.caller().execution())) {
        Set<String> names = skipIfAlarm(finalState, call.caller().execution());
        ringing(finalState, names, call.startedAt())
            .ifPresent(
                span ->
                    broken.add(
                        "expected %s to be left running, as an alarm of %s rang from %s to %s, found that it was told to stop at %s"
                            .formatted(
                                call.caller().instanceId(),
                                names,
                                span.from(),
                                span.until(),
                                call.startedAt())));
      }
    }
    return broken;
  }

  private static Set<String> skipIfAlarm(FinalState finalState, String execution) {
    String policy =
        finalState
            .cloud()
            .states()
            .execution(execution)
            .input()
            .path("policy")
            .path("name")
            .asText();
    return finalState.policies().stream()
        .filter(known -> known.name().value().equals(policy))
        .flatMap(known -> known.stop().stream())
        .map(Stop::skipIfAlarm)
        .findFirst()
        .map(Set::copyOf)
        .orElse(Set.of());
  }

  private static Optional<Occasions.Span> ringing(
      FinalState finalState, Set<String> names, Instant at) {
    return finalState.simulation().faults().stream()
        .filter(fault -> fault.action() == FaultAction.IN_ALARM)
        .filter(fault -> fault.occasions().percent().isEmpty())
        .filter(fault -> fault.argument().name().filter(names::contains).isPresent())
        .map(fault -> fault.endingBy(finalState.simulation().calm()))
        .map(Fault::occasions)
        .map(Occasions::span)
        .filter(span -> !span.from().isAfter(at.minus(READ_BEFORE)) && span.until().isAfter(at))
        .findFirst();
  }
}
