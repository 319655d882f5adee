package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.common.Quoted;
import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.input.InvalidInputException;
import dev.freezeframe.input.Violations;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.faults.Fault;
import dev.freezeframe.rehearsal.faults.FaultsReader;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.FleetReader;
import dev.freezeframe.rehearsal.simulation.SimulatedFleet;
import dev.freezeframe.rehearsal.simulation.Simulation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a simulation from its folder, or says what is wrong with its files. */
final class SimulationReader {
  /** In bytes, of a policy; what it may have is less, and said by {@link PolicyReader}. */
  private static final int MAX_SIZE = 1 << 20;

  private final SimulationFolder folder;
  private final Path stateMachines;

  SimulationReader(Path folder, Path stateMachines) {
    this.folder = new SimulationFolder(folder);
    this.stateMachines = stateMachines;
  }

  /**
   * Reads it.
   *
   * @throws BadInputException if a file cannot be used
   */
  Simulation read() {
    if (!Files.isDirectory(folder.folder())) {
      throw new BadInputException(
          "%s is %s, expected a folder of a simulation, as a failing seed writes it"
              .formatted(
                  Quoted.escape(folder.folder().toString()),
                  Files.exists(folder.folder()) ? "no folder" : "missing"));
    }
    try {
      return readFiles();
    } catch (InvalidInputException unusable) {
      throw new BadInputException(unusable.sentences());
    }
  }

  private Simulation readFiles() {
    SimulationSettings settings = SimulationSettings.read(folder.settings());
    Optional<Path> volumes = Optional.of(folder.volumes()).filter(Files::exists);
    Fleet fleet = new FleetReader(new Seed(settings.seed())).read(folder.instances(), volumes);
    SimulatedFleet simulated = new SimulatedFleet(fleet, settings.swap());
    refuseOtherSwap(simulated);
    Map<String, String> policies = new TreeMap<>();
    List<Policy> read = new ArrayList<>();
    for (Path file : policyFiles()) {
      String text = Violations.readText(file, MAX_SIZE, "a policy");
      read.add(new PolicyReader().read(file.toString(), text));
      policies.put(file.toString(), text);
    }
    List<String> files = List.copyOf(policies.keySet());
    refuseSameNames(files, read);
    List<Fault> faults =
        new FaultsReader(FaultLoader.names(fleet, stateMachines), Simulation.START)
            .read(folder.faults());
    Simulation simulation =
        new Simulation(
            settings.seed(),
            simulated,
            List.copyOf(policies.values()),
            documents(files, read),
            settings.days(),
            settings.quotas(),
            faults);
    refuseLateFaults(simulation);
    return simulation;
  }

  private void refuseLateFaults(Simulation simulation) {
    for (Fault fault : simulation.faults()) {
      if (fault.occasions().span().from().isAfter(simulation.calm())) {
        throw new BadInputException(
            "%s: number %d is from %s on, expected before %s, the end of the days in %s"
                .formatted(
                    folder.faults(),
                    fault.number(),
                    fault.occasions().span().from(),
                    simulation.calm(),
                    folder.settings().getFileName()));
      }
    }
  }

  private void refuseOtherSwap(SimulatedFleet fleet) {
    fleet
        .swap()
        .forEach(
            (instance, volume) -> {
              if (!fleet.having(volume).contains(instance)) {
                throw new BadInputException(
                    "%s: swap.%s is %s, expected a volume that this instance of the fleet has"
                        .formatted(
                            folder.settings(), Quoted.shorten(instance), Quoted.quote(volume)));
              }
            });
  }

  private List<Path> policyFiles() {
    List<Path> files = SimulationFolder.files(folder.policies());
    if (files.isEmpty()) {
      throw new BadInputException(
          "%s is %s, expected policies, as NAME.yaml"
              .formatted(
                  folder.policies(), Files.isDirectory(folder.policies()) ? "empty" : "missing"));
    }
    return files;
  }

  /** A deployment has one of each name. */
  private static void refuseSameNames(List<String> files, List<Policy> policies) {
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < files.size(); i++) {
      String name = policies.get(i).name().value();
      String other = names.putIfAbsent(name, files.get(i));
      if (other != null) {
        throw new BadInputException(
            "%s: name is '%s', as in %s, expected another".formatted(files.get(i), name, other));
      }
    }
  }

  /** Those that policies name besides ours, which are deployed with every simulation. */
  private Map<String, String> documents(List<String> files, List<Policy> policies) {
    Map<String, String> ours = SsmDocument.allDeployed();
    Path where = folder.documents();
    Map<String, String> documents = new TreeMap<>();
    for (int i = 0; i < files.size(); i++) {
      Policy policy = policies.get(i);
      Optional<String> named =
          policy.scripts().map(Scripts::document).filter(name -> !ours.containsKey(name));
      if (named.isPresent() && !Files.isDirectory(where)) {
        throw new BadInputException(
            "%s: scripts.document is %s, expected one of ours, or a folder %s with its file"
                .formatted(files.get(i), Quoted.quote(named.get()), where));
      }
      if (named.isPresent()) {
        documents.putAll(DocumentsFolder.read(where.toString(), where, policy));
      }
    }
    documents.keySet().removeAll(ours.keySet());
    return documents;
  }
}
