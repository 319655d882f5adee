package dev.freezeframe.rehearsal.faults;

import dev.freezeframe.input.Content;
import dev.freezeframe.input.Entry;
import dev.freezeframe.input.Section;
import dev.freezeframe.input.Violations;
import dev.freezeframe.input.YamlTree;
import dev.freezeframe.rehearsal.fleet.ExampleFleet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is to go wrong, or names everything that is wrong with the file. */
public final class FaultsReader {
  private static final String EXPECTED = "a list 'faults' of entries with instance, at and do";

  /** In bytes; a fault is a line. */
  private static final int MAX_SIZE = 16 << 20;

  private final KnownNames known;
  private final Instant start;

  /**
   * A reader.
   *
   * @param start of the clock, from which durations count
   */
  public FaultsReader(KnownNames known, Instant start) {
    this.known = known;
    this.start = start;
  }

  /** Reads a file. */
  public List<Fault> read(Path file) {
    return read(file.toString(), Violations.readText(file, MAX_SIZE, EXPECTED));
  }

  /** The faults of the example. */
  public List<Fault> example() {
    return read(ExampleFleet.FAULTS, ExampleFleet.text(ExampleFleet.FAULTS));
  }

  /** Reads a text. */
  public List<Fault> read(String file, String text) {
    Violations violations = new Violations(file);
    Entry whole = YamlTree.parse(text, violations, MAX_SIZE, EXPECTED);
    if (!whole.is(Content.Kind.GROUP)) {
      whole.refuse(EXPECTED);
      violations.raise();
    }
    Section root = new Section(whole, List.of("faults"));
    root.require("faults", EXPECTED);
    List<Fault> faults = root.read("faults", this::faults).orElse(List.of());
    violations.raise();
    return faults;
  }

  private Optional<List<Fault>> faults(Entry list) {
    if (!list.is(Content.Kind.LIST)) {
      return list.refuse(EXPECTED);
    }
    List<Fault> faults = new ArrayList<>();
    Set<Integer> numbers = new HashSet<>();
    for (Entry item : list.items()) {
      if (item.is(Content.Kind.GROUP)) {
        Section fields = new Section(item, FaultReader.FIELDS);
        Optional<Fault> fault = new FaultReader(fields, known, start).read(faults.size() + 1);
        fault
            .filter(found -> !numbers.add(found.number()))
            .ifPresent(twice -> refuse(fields, twice));
        fault.ifPresent(faults::add);
      } else {
        item.refuse("instance, at and do");
      }
    }
    return Optional.of(faults);
  }

  private static void refuse(Section fields, Fault twice) {
    fields.refuse("number", twice.number() + " again", "each number once");
  }
}
