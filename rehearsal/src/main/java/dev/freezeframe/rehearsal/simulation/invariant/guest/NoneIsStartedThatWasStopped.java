package dev.freezeframe.rehearsal.simulation.invariant.guest;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.instance.Downtime;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import dev.freezeframe.stop.InstanceStart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Only what a backup has stopped is started: not what people stopped, nor what never ran.
 *
 * <p>Where a person was faster by a moment, EC2's answer to StopInstances says so. Nobody can know
 * it where the answer did not arrive or could not be put on record.
 */
public final class NoneIsStartedThatWasStopped implements Invariant {
  private static final String STOP = "ec2:StopInstances";

  /** After so long the SDK gives a call up; an answer that arrives takes less. */
  private static final Duration GIVEN_UP = Duration.ofSeconds(10);

  /** A function has ended by then. */
  private static final Duration FUNCTION = Duration.ofSeconds(60);

  /**
   * A restore starts what ran when it was planned, though a person stops it meanwhile. Between its
   * look and its stop lie a second in which Describe calls lag, and the calls in between. Assumed.
   */
  private static final Duration UNSEEN = Duration.ofSeconds(5);

  private static final Set<String> OF_RESTORES =
      Set.of("StopTarget", "UndoRestore", "SweepRestores");

  @Override
  public String name() {
    return "none that was stopped is started";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    List<Call> calls = finalState.cloud().api().calls();
    return finalState.cloud().ec2().downtimes().entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .filter(down -> down.stoppedBy().isEmpty())
                    .filter(down -> down.startedBy().isPresent())
                    .filter(down -> !couldNotKnow(calls, entry.getKey(), down))
                    .filter(down -> !likeALateStop(finalState, entry.getKey(), down))
                    .map(down -> sentence(entry.getKey(), down)))
        .toList();
  }

  /**
   * Whether it was stopped within seconds of the beginning of a start: a function that was about to
   * order the stop may have been late (0285).
   */
  private static boolean likeALateStop(FinalState finalState, String instance, Downtime down) {
    return finalState.policies().stream()
        .flatMap(
            policy ->
                finalState.simulation().firings(policy).stream()
                    .map(firing -> RunId.of(policy.name(), firing)))
        .flatMap(run -> finalState.cloud().ledger().stops(run, new InstanceId(instance)).stream())
        .flatMap(stop -> stop.startingAt().stream())
        .anyMatch(
            since ->
                !down.from().isBefore(since)
                    && !down.from().isAfter(since.plus(InstanceStart.LATE_STOP).plusSeconds(1)));
  }

  private static boolean couldNotKnow(List<Call> calls, String instance, Downtime down) {
    Instant started = down.started().orElse(Instant.MAX);
    return calls.stream()
        .filter(call -> call.action().equals(STOP))
        .filter(call -> call.caller().instanceId().equals(instance))
        .filter(call -> !call.endedAt().isBefore(down.from()))
        .filter(call -> call.startedAt().isBefore(started))
        .anyMatch(
            call ->
                OF_RESTORES.contains(call.caller().task())
                    ? call.startedAt().isBefore(down.from().plus(UNSEEN))
                    : saysNothing(calls, call));
  }

  /** A later order of an execution may find what its first has stopped, if that got no answer. */
  private static boolean saysNothing(List<Call> calls, Call stop) {
    return !arrived(stop)
        || ofTheSameFunction(calls, stop, stop.endedAt(), stop.endedAt().plus(FUNCTION))
            .anyMatch(later -> !arrived(later))
        || ofTheSameFunction(calls, stop, Instant.MIN, stop.startedAt())
            .anyMatch(earlier -> earlier.action().equals(STOP));
  }

  private static boolean arrived(Call call) {
    return call.error().isEmpty()
        && Duration.between(call.startedAt(), call.endedAt()).compareTo(GIVEN_UP) < 0;
  }

  private static Stream<Call> ofTheSameFunction(
      List<Call> calls, Call stop, Instant from, Instant to) {
    return calls.stream()
        .filter(call -> call.caller().equals(stop.caller()))
        .filter(call -> !call.startedAt().isBefore(from) && call.startedAt().isBefore(to));
  }

  private static String sentence(String instance, Downtime down) {
    return "expected %s, which nobody but people had stopped at %s, to be left so, found that %s started it at %s"
        .formatted(
            instance,
            down.from(),
            down.startedBy().orElseThrow().task(),
            down.started().map(Object::toString).orElse("some time"));
  }
}
