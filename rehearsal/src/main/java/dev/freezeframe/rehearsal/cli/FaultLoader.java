package dev.freezeframe.rehearsal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.Json;
import dev.freezeframe.input.InvalidInputException;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.rehearsal.events.EventFault;
import dev.freezeframe.rehearsal.events.SchedulerFault;
import dev.freezeframe.rehearsal.faults.FaultPlan;
import dev.freezeframe.rehearsal.faults.FaultsReader;
import dev.freezeframe.rehearsal.faults.KnownNames;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.run.Faults;
import dev.freezeframe.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Reads what is to go wrong, and gives it to each service that it befalls. */
final class FaultLoader {
  private final FaultsReader reader;

  FaultLoader(Fleet fleet, Path stateMachines) {
    Set<String> instances = new TreeSet<>();
    fleet.instances().stream().map(Instance::instanceId).forEach(instances::add);
    this.reader =
        new FaultsReader(new KnownNames(instances, Task.byName().keySet(), states(stateMachines)));
  }

  /**
   * The faults of a file.
   *
   * @param file empty: those of the example, if it is the example that is rehearsed
   */
  Function<InstantSource, Faults> read(Optional<Path> file, boolean example) {
    if (file.isEmpty()) {
      return example ? time -> faults(reader.example(time)) : time -> Faults.NONE;
    }
    try {
      reader.read(file.get(), InstantSource.system());
    } catch (InvalidInputException unusable) {
      throw new BadInputException(unusable.sentences());
    }
    return time -> faults(reader.read(file.get(), time));
  }

  private static Faults faults(FaultPlan plan) {
    return new Faults(plan, plan, plan, plan, plan, EventFault.NONE, SchedulerFault.NONE);
  }

  private static Set<String> states(Path stateMachines) {
    Set<String> states = new TreeSet<>();
    try {
      JsonNode machine =
          Json.mapper()
              .readTree(Files.readString(stateMachines.resolve("snapshot-instance.asl.json")));
      machine.path("States").properties().forEach(state -> states.add(state.getKey()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return states;
  }
}
