package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.common.Quoted;
import dev.freezeframe.input.Entry;
import dev.freezeframe.input.FieldTypes.DecimalNumber;
import dev.freezeframe.input.FieldTypes.WholeNumber;
import dev.freezeframe.input.Section;
import dev.freezeframe.input.Violations;
import dev.freezeframe.input.YamlTree;
import dev.freezeframe.rehearsal.run.Capacity;
import dev.freezeframe.rehearsal.simulation.Simulation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a simulation has besides the files of a rehearsal, as {@code simulation.yaml} says it.
 *
 * @param swap the volume that an instance swaps to, by instance
 */
record SimulationSettings(
    long seed, int days, Simulation.Quotas quotas, SortedMap<String, String> swap) {
  private static final String EXPECTED =
      "the settings of a simulation, as a failing seed writes them: seed and days";
  private static final List<String> FIELDS =
      List.of("seed", "days", "pendingLimit", "concurrency", "ssmRate", "swap");
  private static final int MAX_SIZE = 1 << 20;
  private static final int USUAL_PENDING = 100;
  private static final Pattern SEED = Pattern.compile("-?\\d{1,18}");

  static SimulationSettings of(Simulation simulation) {
    return new SimulationSettings(
        simulation.seed(),
        simulation.days(),
        simulation.quotas(),
        new TreeMap<>(simulation.fleet().swap()));
  }

  /** The text of the file. */
  String text() {
    StringBuilder text =
        new StringBuilder(
            """
            # Played by ./rehearse simulate FOLDER, with the files beside it: docs/embedded-cloud.md
            seed: %d
            days: %d
            pendingLimit: %d
            concurrency: %d
            ssmRate: %s
            """
                .formatted(
                    seed,
                    days,
                    quotas.pendingSnapshots(),
                    quotas.capacity().concurrency(),
                    quotas.capacity().ssmRate()));
    if (!swap.isEmpty()) {
      text.append("swap:\n");
      swap.forEach((instance, volume) -> text.append("  %s: %s\n".formatted(instance, volume)));
    }
    return text.toString();
  }

  /** Reads the file, or names everything that is wrong with it. */
  static SimulationSettings read(Path file) {
    Violations violations = new Violations(file.toString());
    String text = Violations.readText(file, MAX_SIZE, EXPECTED);
    Section fields = new Section(YamlTree.parse(text, violations, MAX_SIZE, EXPECTED), FIELDS);
    fields.require("seed", "a whole number");
    Optional<Long> seed = fields.read("seed", SimulationSettings::seed);
    Optional<Integer> days = fields.read("days", new WholeNumber(1, Simulation.MAX_DAYS));
    Optional<Integer> pending = fields.read("pendingLimit", new WholeNumber(1, 1_000_000));
    Optional<Integer> concurrency = fields.read("concurrency", new WholeNumber(1, 1_000_000));
    Optional<Double> rate = fields.read("ssmRate", new DecimalNumber(0.001, 1, "0.001..1"));
    Optional<SortedMap<String, String>> swap = fields.read("swap", SimulationSettings::swap);
    violations.raise();
    Capacity usual = Capacity.USUAL;
    return new SimulationSettings(
        seed.orElseThrow(),
        days.orElse(1),
        new Simulation.Quotas(
            pending.orElse(USUAL_PENDING),
            new Capacity(concurrency.orElse(usual.concurrency()), rate.orElse(usual.ssmRate()))),
        swap.orElseGet(TreeMap::new));
  }

  private static Optional<Long> seed(Entry entry) {
    return entry
        .text()
        .filter(text -> SEED.matcher(text).matches())
        .map(Long::parseLong)
        .or(() -> entry.refuse("a whole number of at most 18 digits"));
  }

  private static Optional<SortedMap<String, String>> swap(Entry entry) {
    SortedMap<String, String> swap = new TreeMap<>();
    for (Map.Entry<String, Entry> instance : new Section(entry).entries()) {
      Optional<String> volume = instance.getValue().text();
      if (volume.isEmpty()) {
        return instance
            .getValue()
            .refuse("the id of a volume of " + Quoted.quote(instance.getKey()));
      }
      swap.put(instance.getKey(), volume.get());
    }
    return Optional.of(swap);
  }
}
