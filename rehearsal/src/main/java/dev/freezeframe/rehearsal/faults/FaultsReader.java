package dev.freezeframe.rehearsal.faults;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freezeframe.input.DidYouMean;
import dev.freezeframe.input.TextFile;
import dev.freezeframe.input.UnreadableFileException;
import dev.freezeframe.rehearsal.fleet.ExampleFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads what is to go wrong, or names everything that is wrong with the file. */
public final class FaultsReader {
  private static final String EXPECTED = "a list 'faults' of entries with instance, at and do";
  private static final String AN_INSTANCE = "an instance id of the fleet, or \"*\" for all";
  private static final List<String> FIELDS =
      List.of("instance", "at", "do", "times", "task", "after");
  private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{8,17}");
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  /** In bytes; a fault is a line. */
  private static final int MAX_SIZE = 16 << 20;

  private final KnownNames known;

  public FaultsReader(KnownNames known) {
    this.known = known;
  }

  /** Reads a file. */
  public FaultPlan read(Path file, InstantSource time) {
    String text;
    try {
      text = TextFile.read(file, MAX_SIZE);
    } catch (UnreadableFileException unreadable) {
      throw new FaultsException(
          List.of(
              "%s: the file is %s, expected %s"
                  .formatted(file, unreadable.getMessage(), EXPECTED)));
    }
    return read(file.toString(), text, time);
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
    JsonNode list = list(file, text);
    List<String> problems = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String path = "faults[" + i + "]";
      if (!list.get(i).isObject()) {
        problems.add("%s: %s is no entry, expected instance, at and do".formatted(file, path));
        continue;
      }
      fault(i, new Entry(file, path, list.get(i), problems)).ifPresent(faults::add);
    }
    if (!problems.isEmpty()) {
      throw new FaultsException(problems);
    }
    return new FaultPlan(faults, time);
  }

  private static JsonNode list(String file, String text) {
    JsonNode root;
    try {
      root = YAML.readTree(text);
    } catch (YAMLException notYaml) {
      throw unusable(file, "text that is not YAML");
    } catch (JsonProcessingException notYaml) {
      String where =
          notYaml.getLocation() == null
              ? ""
              : " (line %d)".formatted(notYaml.getLocation().getLineNr());
      throw unusable(file, "text that is not YAML" + where);
    }
    if (root == null || root.isMissingNode() || root.isNull()) {
      throw unusable(file, "nothing");
    }
    if (!root.path("faults").isArray()) {
      throw unusable(file, root.has("faults") ? "no list under 'faults'" : "no field 'faults'");
    }
    return root.path("faults");
  }

  private static FaultsException unusable(String file, String found) {
    return new FaultsException(
        List.of("%s: found %s, expected %s".formatted(file, found, EXPECTED)));
  }

  private Optional<Fault> fault(int number, Entry entry) {
    int before = entry.problems().size();
    entry.checkFields(FIELDS);
    Optional<String> instance = entry.text("instance", AN_INSTANCE);
    instance.ifPresent(id -> checkInstance(entry, id));
    Optional<InjectionPoint> at = at(entry);
    Optional<String[]> words =
        at.flatMap(where -> entry.text("do", Entry.oneOf(FaultAction.forms(where))))
            .map(text -> text.split("\\s+", 2));
    Optional<FaultAction> action =
        words.flatMap(found -> action(entry, at.orElseThrow(), found[0]));
    String argument = words.filter(found -> found.length == 2).map(found -> found[1]).orElse("");
    int code = action.map(found -> code(entry, found, argument)).orElse(0);
    Optional<Duration> duration = action.flatMap(found -> duration(entry, found, argument));
    Optional<String> task = task(entry, at);
    Optional<String> after = after(entry, at);
    OptionalInt times = times(entry, action, duration);
    if (entry.problems().size() > before) {
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

  private void checkInstance(Entry entry, String id) {
    if (id.equals("*")) {
      return;
    }
    if (!INSTANCE_ID.matcher(id).matches()) {
      entry.refuse("instance", id, AN_INSTANCE);
    } else if (!known.instances().isEmpty() && !known.instances().contains(id)) {
      entry.refuse("instance", id, DidYouMean.to(id, known.instances()).orElse(AN_INSTANCE));
    }
  }

  private static Optional<InjectionPoint> at(Entry entry) {
    String expected = Entry.oneOf(InjectionPoint.words());
    Optional<String> word = entry.text("at", expected);
    Optional<InjectionPoint> where = word.flatMap(InjectionPoint::of);
    if (word.isPresent() && where.isEmpty()) {
      entry.refuse(
          "at", word.get(), DidYouMean.to(word.get(), InjectionPoint.words()).orElse(expected));
    }
    return where;
  }

  private static Optional<FaultAction> action(Entry entry, InjectionPoint at, String word) {
    Optional<FaultAction> action =
        FaultAction.at(at).stream().filter(candidate -> candidate.word().equals(word)).findFirst();
    if (action.isEmpty()) {
      List<String> words = FaultAction.at(at).stream().map(FaultAction::word).toList();
      String expected =
          DidYouMean.to(word, words)
              .orElseGet(() -> Entry.oneOf(FaultAction.forms(at)) + " at " + at);
      entry.refuse("do", word, expected);
    }
    return action;
  }

  private static int code(Entry entry, FaultAction action, String argument) {
    if (action.argument() != FaultAction.Argument.CODE) {
      return 0;
    }
    if (argument.matches("\\d{1,3}")) {
      int code = Integer.parseInt(argument);
      if (code >= 1 && code <= 255) {
        return code;
      }
    }
    entry.refuse("do", (action.word() + " " + argument).strip(), "exit 1 to exit 255");
    return 0;
  }

  private static Optional<Duration> duration(Entry entry, FaultAction action, String argument) {
    return switch (action.argument()) {
      case CODE -> Optional.empty();
      case NONE -> {
        if (!argument.isEmpty()) {
          entry.refuse("do", action.word() + " " + argument, action.word() + " alone");
        }
        yield Optional.empty();
      }
      case DURATION -> required(entry, action, argument);
      case DURATION_OR_NONE ->
          argument.isEmpty() ? Optional.empty() : required(entry, action, argument);
    };
  }

  private static Optional<Duration> required(Entry entry, FaultAction action, String argument) {
    Optional<Duration> duration = DurationParser.parse(argument);
    if (duration.isEmpty()) {
      entry.refuse(
          "do",
          (action.word() + " " + argument).strip(),
          "a duration such as %s 30m (d, h, m or s)".formatted(action.word()));
    }
    return duration;
  }

  private Optional<String> task(Entry entry, Optional<InjectionPoint> at) {
    if (at.isPresent() && at.get() == InjectionPoint.TASK) {
      return entry.name("task", "the name of a task such as CreateSnapshots", known.tasks());
    }
    return unwanted(entry, at, "task", InjectionPoint.TASK);
  }

  private Optional<String> after(Entry entry, Optional<InjectionPoint> at) {
    if (at.isPresent() && at.get() == InjectionPoint.EXECUTION) {
      return entry.name("after", "the name of a state such as Run pre-script", known.states());
    }
    return unwanted(entry, at, "after", InjectionPoint.EXECUTION);
  }

  private static Optional<String> unwanted(
      Entry entry, Optional<InjectionPoint> at, String field, InjectionPoint only) {
    if (at.isPresent() && entry.has(field)) {
      entry.refuse(field, entry.node().path(field).asText(), "it only at " + only);
    }
    return Optional.empty();
  }

  /** What is an accident happens once unless more is said, everything else every time. */
  private static OptionalInt times(
      Entry entry, Optional<FaultAction> action, Optional<Duration> duration) {
    if (entry.has("times")) {
      Optional<String> text = entry.text("times", "a whole number from 1");
      if (text.isPresent() && text.get().matches("[1-9]\\d{0,5}")) {
        return OptionalInt.of(Integer.parseInt(text.get()));
      }
      text.ifPresent(found -> entry.refuse("times", found, "a whole number from 1"));
      return OptionalInt.empty();
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
}
