package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.drill.DrillBounds;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillTags;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Watches drill instances while a simulation passes: twice their time after each launch. */
public final class DrillObserver {
  private final List<String> late = new ArrayList<>();
  private EmbeddedCloud cloud;

  void at(EmbeddedCloud given) {
    cloud = given;
  }

  /** A call took effect. */
  void after(String action, Caller caller) {
    String name = caller.execution().substring(caller.execution().lastIndexOf(':') + 1);
    if (action.equals("ec2:RunInstances") && DrillId.isWellFormed(name)) {
      DrillId id = new DrillId(name);
      Duration timeout = cloud.ledger().drill(id).orElseThrow().order().drill().timeout();
      cloud.time().after(DrillBounds.deadline(timeout).multipliedBy(2), () -> look(id));
    }
  }

  private void look(DrillId id) {
    cloud.ec2().taggedAs(DrillTags.DRILL).entrySet().stream()
        .filter(found -> found.getValue().equals(id.value()))
        .map(found -> found.getKey())
        .filter(found -> cloud.ec2().proofOfDrill(found).isPresent())
        .forEach(
            found ->
                late.add(
                    "expected %s of %s to be gone, found it at %s"
                        .formatted(found, id, cloud.time().instant())));
  }

  /** The instances whose system came up and that were there at twice their time. */
  public List<String> late() {
    return late;
  }
}
