package dev.freezeframe.rehearsal.simulation.invariant.guest;

import dev.freezeframe.rehearsal.instance.Downtime;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.List;

/** Only what a backup has stopped is started: not what people stopped, nor what never ran. */
public final class NoneIsStartedThatWasStopped implements Invariant {

  @Override
  public String name() {
    return "none that was stopped is started";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.cloud().ec2().downtimes().entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .filter(down -> down.stoppedBy().isEmpty())
                    .filter(down -> down.startedBy().isPresent())
                    .map(down -> sentence(entry.getKey(), down)))
        .toList();
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
