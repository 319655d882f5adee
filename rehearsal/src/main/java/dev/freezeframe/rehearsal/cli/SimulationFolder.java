package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.WholeFile;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.faults.FaultsWriter;
import dev.freezeframe.rehearsal.fleet.FleetWriter;
import dev.freezeframe.rehearsal.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A simulation as a folder of files, which anyone can edit: those of a rehearsal, and {@code
 * simulation.yaml} for the rest.
 */
record SimulationFolder(Path folder) {

  Path settings() {
    return folder.resolve("simulation.yaml");
  }

  Path instances() {
    return folder.resolve("fleet.json");
  }

  Path volumes() {
    return folder.resolve("volumes.json");
  }

  Path policies() {
    return folder.resolve("policies");
  }

  Path faults() {
    return folder.resolve("faults.yaml");
  }

  Path documents() {
    return folder.resolve("documents");
  }

  /** The YAML files of one of its folders, by name; none if it has no such folder. */
  static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new BadInputException(
          "%s is not readable, expected a folder of YAML files".formatted(folder));
    }
  }

  /** What is in a folder of simulations under a seed, whatever it is. */
  static List<Path> numbered(Path simulations) {
    if (!Files.isDirectory(simulations)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(simulations)) {
      return all.filter(path -> path.getFileName().toString().matches("\\d{1,15}")).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /**
   * Refuses a place where something else is than a simulation, before anything is done for it.
   *
   * @param option that named it
   */
  void refuseTaken(String option) {
    WholeFile.refuseUnwritable(option, settings());
    if (Files.isDirectory(folder) && !isEmpty() && !Files.isRegularFile(settings())) {
      throw new BadInputException(
          "%s leads to %s, expected a folder of a simulation or none, found one without %s"
              .formatted(option, folder, settings().getFileName()));
    }
  }

  private boolean isEmpty() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** Writes a simulation in place of one that is there. */
  void write(Simulation simulation) {
    WholeFile.write(settings(), "settings", SimulationSettings.of(simulation).text());
    WholeFile.write(instances(), "instances", FleetWriter.instances(simulation.fleet().fleet()));
    WholeFile.write(volumes(), "volumes", FleetWriter.volumes(simulation.fleet().fleet()));
    WholeFile.write(faults(), "faults", FaultsWriter.write(simulation.faults()));
    clear(policies());
    clear(documents());
    List<Policy> read = simulation.readPolicies();
    for (int i = 0; i < read.size(); i++) {
      Path file = policies().resolve(read.get(i).name() + ".yaml");
      WholeFile.write(file, "policy", simulation.policies().get(i));
    }
    simulation
        .documents()
        .forEach(
            (name, text) -> WholeFile.write(documents().resolve(name + ".yaml"), "document", text));
  }

  private static void clear(Path folder) {
    for (Path file : files(folder)) {
      try {
        Files.delete(file);
      } catch (IOException kept) {
        throw new BadInputException(
            "%s could not be replaced: %s".formatted(file, kept.getMessage()));
      }
    }
  }
}
