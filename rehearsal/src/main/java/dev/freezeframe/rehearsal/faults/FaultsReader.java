package dev.freezeframe.rehearsal.faults;

import dev.freezeframe.common.Quoted;
import dev.freezeframe.input.Content;
import dev.freezeframe.input.DidYouMean;
import dev.freezeframe.input.DurationText;
import dev.freezeframe.input.Entry;
import dev.freezeframe.input.FieldType;
import dev.freezeframe.input.FieldTypes.WholeNumber;
import dev.freezeframe.input.Section;
import dev.freezeframe.input.Violations;
import dev.freezeframe.input.YamlTree;
import dev.freezeframe.rehearsal.fleet.ExampleFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads what is to go wrong, or names everything that is wrong with the file. */
public final class FaultsReader {
  private static final String EXPECTED = "a list 'faults' of entries with instance, at and do";
  private static final String AN_INSTANCE = "an instance id of the fleet, or \"*\" for all";
  private static final List<String> FIELDS =
      List.of("instance", "at", "do", "times", "task", "after");
  private static final FieldType<Integer> TIMES = new WholeNumber(1, 999_999);
  private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{8,17}");

  /** In bytes; a fault is a line. */
  private static final int MAX_SIZE = 16 << 20;

  private final KnownNames known;

  public FaultsReader(KnownNames known) {
    this.known = known;
  }

  /** Reads a file. */
  public FaultPlan read(Path file, InstantSource time) {
    return read(file.toString(), Violations.readText(file, MAX_SIZE, EXPECTED), time);
  }

  /** The faults of the example. */
  public FaultPlan example(InstantSource time) {
    return read(ExampleFleet.FAULTS, ExampleFleet.text(ExampleFleet.FAULTS), time);
  }

  /**
   * Reads a text.
   *
   * @param time what counts how long a fault with a duration lasts
   */
  public FaultPlan read(String file, String text, InstantSource time) {
    Violations violations = new Violations(file);
    Section root =
        new Section(YamlTree.parse(text, violations, MAX_SIZE, EXPECTED), List.of("faults"));
    root.require("faults", EXPECTED);
    List<Fault> faults = root.read("faults", this::faults).orElse(List.of());
    violations.raise();
    return new FaultPlan(faults, time);
  }

  private Optional<List<Fault>> faults(Entry list) {
    if (!list.is(Content.Kind.LIST)) {
      return list.refuse(EXPECTED);
    }
    List<Fault> faults = new ArrayList<>();
    for (Entry item : list.items()) {
      if (item.is(Content.Kind.GROUP)) {
        fault(faults.size(), new Section(item, FIELDS)).ifPresent(faults::add);
      } else {
        item.refuse("instance, at and do");
      }
    }
    return Optional.of(faults);
  }

  private Optional<Fault> fault(int number, Section entry) {
    Optional<String> instance = text(entry, "instance", AN_INSTANCE);
    instance.ifPresent(id -> checkInstance(entry, id));
    Optional<InjectionPoint> at = at(entry);
    Optional<String[]> words =
        at.flatMap(where -> text(entry, "do", oneOf(FaultAction.forms(where))))
            .map(text -> text.split("\\s+", 2));
    Optional<FaultAction> action =
        words.flatMap(found -> action(entry, at.orElseThrow(), found[0]));
    String argument = words.filter(found -> found.length == 2).map(found -> found[1]).orElse("");
    int code = action.map(found -> code(entry, found, argument)).orElse(0);
    Optional<Duration> duration = action.flatMap(found -> duration(entry, found, argument));
    Optional<String> task = task(entry, at);
    Optional<String> after = after(entry, at);
    OptionalInt times = times(entry, action, duration);
    if (!entry.isSound()) {
      return Optional.empty();
    }
    return Optional.of(
        new Fault(
            number,
            instance.filter(id -> !id.equals("*")),
            at.orElseThrow(),
            action.orElseThrow(),
            code,
            duration,
            task,
            after,
            times));
  }

  private void checkInstance(Section entry, String id) {
    if (id.equals("*")) {
      return;
    }
    if (!INSTANCE_ID.matcher(id).matches()) {
      refuse(entry, "instance", id, AN_INSTANCE);
    } else if (!known.instances().isEmpty() && !known.instances().contains(id)) {
      refuse(entry, "instance", id, DidYouMean.to(id, known.instances()).orElse(AN_INSTANCE));
    }
  }

  private static Optional<InjectionPoint> at(Section entry) {
    String expected = oneOf(InjectionPoint.words());
    Optional<String> word = text(entry, "at", expected);
    Optional<InjectionPoint> where = word.flatMap(InjectionPoint::of);
    if (word.isPresent() && where.isEmpty()) {
      refuse(
          entry,
          "at",
          word.get(),
          DidYouMean.to(word.get(), InjectionPoint.words()).orElse(expected));
    }
    return where;
  }

  private static Optional<FaultAction> action(Section entry, InjectionPoint at, String word) {
    Optional<FaultAction> action =
        FaultAction.at(at).stream().filter(candidate -> candidate.word().equals(word)).findFirst();
    if (action.isEmpty()) {
      List<String> words = FaultAction.at(at).stream().map(FaultAction::word).toList();
      String expected =
          DidYouMean.to(word, words).orElseGet(() -> oneOf(FaultAction.forms(at)) + " at " + at);
      refuse(entry, "do", word, expected);
    }
    return action;
  }

  private static int code(Section entry, FaultAction action, String argument) {
    if (action.argument() != FaultAction.Argument.CODE) {
      return 0;
    }
    if (argument.matches("\\d{1,3}")) {
      int code = Integer.parseInt(argument);
      if (code >= 1 && code <= 255) {
        return code;
      }
    }
    refuse(entry, "do", (action.word() + " " + argument).strip(), "exit 1 to exit 255");
    return 0;
  }

  private static Optional<Duration> duration(Section entry, FaultAction action, String argument) {
    return switch (action.argument()) {
      case CODE -> Optional.empty();
      case NONE -> {
        if (!argument.isEmpty()) {
          refuse(entry, "do", action.word() + " " + argument, action.word() + " alone");
        }
        yield Optional.empty();
      }
      case DURATION -> required(entry, action, argument);
      case DURATION_OR_NONE ->
          argument.isEmpty() ? Optional.empty() : required(entry, action, argument);
    };
  }

  private static Optional<Duration> required(Section entry, FaultAction action, String argument) {
    Optional<Duration> duration =
        DurationText.parse(argument).filter(found -> !found.isZero() && !found.isNegative());
    if (duration.isEmpty()) {
      refuse(
          entry,
          "do",
          (action.word() + " " + argument).strip(),
          "a duration such as %s 30m (d, h, m or s)".formatted(action.word()));
    }
    return duration;
  }

  private Optional<String> task(Section entry, Optional<InjectionPoint> at) {
    if (at.isPresent() && at.get() == InjectionPoint.TASK) {
      return name(entry, "task", "the name of a task such as CreateSnapshots", known.tasks());
    }
    return unwanted(entry, at, "task", InjectionPoint.TASK);
  }

  private Optional<String> after(Section entry, Optional<InjectionPoint> at) {
    if (at.isPresent() && at.get() == InjectionPoint.EXECUTION) {
      return name(entry, "after", "the name of a state such as Run pre-script", known.states());
    }
    return unwanted(entry, at, "after", InjectionPoint.EXECUTION);
  }

  private static Optional<String> unwanted(
      Section entry, Optional<InjectionPoint> at, String field, InjectionPoint only) {
    if (at.isPresent() && entry.isSet(field)) {
      refuse(entry, field, entry.entry(field).text().orElse(""), "it only at " + only);
    }
    return Optional.empty();
  }

  /** What is an accident happens once unless more is said, everything else every time. */
  private static OptionalInt times(
      Section entry, Optional<FaultAction> action, Optional<Duration> duration) {
    Optional<Integer> given = entry.read("times", TIMES);
    if (given.isPresent()) {
      return OptionalInt.of(given.get());
    }
    return action
        .map(
            found ->
                switch (found) {
                  case CRASH_BEFORE, CRASH_AFTER, NOT_READY, ABORT -> OptionalInt.of(1);
                  case UNDELIVERED ->
                      duration.isPresent() ? OptionalInt.of(1) : OptionalInt.empty();
                  default -> OptionalInt.empty();
                })
        .orElse(OptionalInt.empty());
  }

  /** The text of a field that must be there. */
  private static Optional<String> text(Section entry, String field, String expected) {
    entry.require(field, expected);
    return entry.read(field, value -> value.text().or(() -> value.refuse(expected)));
  }

  /** A name that must be among known ones, if any are known. */
  private static Optional<String> name(
      Section entry, String field, String expected, Collection<String> known) {
    Optional<String> found = text(entry, field, expected);
    if (found.isPresent() && !known.isEmpty() && !known.contains(found.get())) {
      refuse(entry, field, found.get(), DidYouMean.to(found.get(), known).orElse(expected));
    }
    return found;
  }

  private static void refuse(Section entry, String field, String found, String expected) {
    entry.refuse(field, Quoted.quote(found), expected);
  }

  private static String oneOf(Collection<String> words) {
    return "one of " + String.join(", ", new TreeSet<>(words));
  }
}
