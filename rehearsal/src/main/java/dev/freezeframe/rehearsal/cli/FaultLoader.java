package dev.freezeframe.rehearsal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.Json;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.faults.Fault;
import dev.freezeframe.rehearsal.faults.FaultPlan;
import dev.freezeframe.rehearsal.faults.FaultsReader;
import dev.freezeframe.rehearsal.faults.KnownNames;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.run.Faults;
import dev.freezeframe.rehearsal.time.VirtualTime;
import dev.freezeframe.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Reads what is to go wrong, for the services that it befalls. */
final class FaultLoader {
  private final Fleet fleet;
  private final FaultsReader reader;
  private final Seed seed;

  /**
   * A loader.
   *
   * @param start of the clock
   * @param seed of the random draws of faults
   */
  FaultLoader(Fleet fleet, Path stateMachines, Instant start, Seed seed) {
    this.fleet = fleet;
    this.reader = new FaultsReader(names(fleet, stateMachines), start);
    this.seed = seed;
  }

  /** The names that a file of faults may refer to. */
  static KnownNames names(Fleet fleet, Path stateMachines) {
    Set<String> instances = new TreeSet<>();
    fleet.instances().stream().map(Instance::instanceId).forEach(instances::add);
    return new KnownNames(instances, Task.byName().keySet(), states(stateMachines));
  }

  /**
   * The faults of a file.
   *
   * @param file empty: those of the example, if it is the example that is rehearsed
   */
  Function<VirtualTime, Faults> read(Optional<Path> file, boolean example) {
    List<Fault> faults =
        file.map(reader::read).orElseGet(() -> example ? reader.example() : List.of());
    file.ifPresent(path -> faults.forEach(fault -> refuseWithoutTag(path, fault)));
    return time -> new FaultPlan(faults, seed, time).faults();
  }

  /** What takes a tag away that nobody carries would do nothing. */
  private void refuseWithoutTag(Path file, Fault fault) {
    fault
        .takesTagAway()
        .filter(tag -> fleet.instances().stream().noneMatch(one -> carries(one, tag, fault)))
        .ifPresent(
            tag -> {
              throw new BadInputException(
                  "%s: %s takes away the tag %s, expected an instance that carries it: %s"
                      .formatted(
                          file,
                          fault.does(),
                          tag,
                          fault
                              .occasions()
                              .instance()
                              .map(id -> id + " does not")
                              .orElse("none of the fleet does")));
            });
  }

  private static boolean carries(Instance instance, String key, Fault fault) {
    return fault.occasions().instance().map(instance.instanceId()::equals).orElse(true)
        && instance.tags().stream().anyMatch(tag -> tag.key().equals(key));
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
