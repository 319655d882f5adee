package dev.freezeframe.rehearsal.faults;

import dev.freezeframe.common.Quoted;
import dev.freezeframe.input.DidYouMean;
import dev.freezeframe.input.DurationText;
import dev.freezeframe.input.FieldType;
import dev.freezeframe.input.FieldTypes.WholeNumber;
import dev.freezeframe.input.Section;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads one entry of a file of faults. */
final class FaultReader {
  static final List<String> FIELDS =
      List.of(
          "instance", "at", "do", "times", "task", "after", "from", "until", "percent", "number");

  private static final String AN_INSTANCE = "an instance id of the fleet, or \"*\" for all";
  private static final String AN_INSTANT =
      "a duration since the start such as 2h30m, or an instant such as \"2026-11-22T02:30:00Z\"";
  private static final FieldType<Integer> TIMES = new WholeNumber(1, 999_999);
  private static final FieldType<Integer> PERCENT = new WholeNumber(1, 100);
  private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{8,17}");

  private final Section entry;
  private final KnownNames known;
  private final Instant start;

  FaultReader(Section entry, KnownNames known, Instant start) {
    this.entry = entry;
    this.known = known;
    this.start = start;
  }

  /**
   * Reads it; empty if anything is wrong with it, which has been noted.
   *
   * @param place in its list, from 1; its number, unless the entry has one
   */
  Optional<Fault> read(int place) {
    Optional<String> instance = text("instance", AN_INSTANCE);
    instance.ifPresent(this::checkInstance);
    Optional<InjectionPoint> at = at();
    Optional<String[]> words =
        at.flatMap(where -> text("do", oneOf(FaultAction.forms(where))))
            .map(text -> text.split("\\s+", 2));
    Optional<FaultAction> action = words.flatMap(found -> action(at.orElseThrow(), found[0]));
    String behind = words.filter(found -> found.length == 2).map(found -> found[1]).orElse("");
    Optional<FaultArgument> argument = action.flatMap(found -> argument(found, behind));
    Optional<String> task = task(at);
    Optional<String> after = after(at);
    Occasions.Span span = span(at);
    OptionalInt percent = percent(at, action);
    OptionalInt times = times(at, action, argument, percent);
    OptionalInt number = number(entry.read("number", TIMES));
    if (instance.isPresent() && !instance.get().equals(Occasions.ANY)) {
      action
          .filter(FaultAction::ofNoInstance)
          .ifPresent(any -> refuse("instance", instance.get(), "\"*\" at " + at.orElseThrow()));
    }
    if (!entry.isSound()) {
      return Optional.empty();
    }
    return Optional.of(
        new Fault(
            number.orElse(place),
            at.orElseThrow(),
            action.orElseThrow(),
            argument.orElseThrow(),
            new Occasions(
                instance.filter(id -> !id.equals(Occasions.ANY)),
                task,
                after,
                span,
                percent,
                times)));
  }

  private void checkInstance(String id) {
    if (id.equals(Occasions.ANY)) {
      return;
    }
    if (!INSTANCE_ID.matcher(id).matches()) {
      refuse("instance", id, AN_INSTANCE);
    } else if (!known.instances().isEmpty() && !known.instances().contains(id)) {
      refuse("instance", id, DidYouMean.to(id, known.instances()).orElse(AN_INSTANCE));
    }
  }

  private Optional<InjectionPoint> at() {
    String expected = oneOf(InjectionPoint.words());
    Optional<String> word = text("at", expected);
    Optional<InjectionPoint> where = word.flatMap(InjectionPoint::of);
    if (word.isPresent() && where.isEmpty()) {
      refuse("at", word.get(), DidYouMean.to(word.get(), InjectionPoint.words()).orElse(expected));
    }
    return where;
  }

  private Optional<FaultAction> action(InjectionPoint at, String word) {
    Optional<FaultAction> action = FaultAction.of(at, word);
    if (action.isEmpty()) {
      List<String> words = FaultAction.at(at).stream().map(FaultAction::word).toList();
      String expected =
          DidYouMean.to(word, words).orElseGet(() -> oneOf(FaultAction.forms(at)) + " at " + at);
      refuse("do", word, expected);
    }
    return action;
  }

  private Optional<FaultArgument> argument(FaultAction action, String behind) {
    Optional<FaultArgument> argument = action.form().read(behind);
    if (argument.isEmpty()) {
      refuse("do", (action.word() + " " + behind).strip(), action.form().expected(action.word()));
    }
    return argument;
  }

  private Optional<String> task(Optional<InjectionPoint> at) {
    return at.equals(Optional.of(InjectionPoint.TASK))
        ? name("task", "the name of a task such as CreateSnapshots", known.tasks())
        : unwanted(at, "task", "it only at " + InjectionPoint.TASK);
  }

  private Optional<String> after(Optional<InjectionPoint> at) {
    return at.equals(Optional.of(InjectionPoint.EXECUTION))
        ? name("after", "the name of a state such as Run pre-script", known.states())
        : unwanted(at, "after", "it only at " + InjectionPoint.EXECUTION);
  }

  private Optional<String> unwanted(Optional<InjectionPoint> at, String field, String expected) {
    if (at.isPresent() && entry.isSet(field)) {
      refuse(field, entry.entry(field).text().orElse(""), expected);
    }
    return Optional.empty();
  }

  /** What is done by hand is done at an instant, which has to be said. */
  private Occasions.Span span(Optional<InjectionPoint> at) {
    if (at.equals(Optional.of(InjectionPoint.BY_HAND))) {
      entry.require("from", AN_INSTANT);
    }
    Instant from = instant("from").orElse(Instant.MIN);
    Instant until = instant("until").orElse(Instant.MAX);
    if (until.isBefore(from)) {
      refuse("until", entry.entry("until").text().orElse(""), "an instant after 'from'");
      return Occasions.Span.ALWAYS;
    }
    return new Occasions.Span(from, until);
  }

  private Optional<Instant> instant(String field) {
    return entry.read(
        field, value -> value.text().flatMap(this::instantOf).or(() -> value.refuse(AN_INSTANT)));
  }

  private Optional<Instant> instantOf(String text) {
    try {
      return DurationText.parse(text)
          .filter(since -> !since.isNegative())
          .map(start::plus)
          .or(() -> Optional.of(Instant.parse(text)));
    } catch (DateTimeException | ArithmeticException neither) {
      return Optional.empty();
    }
  }

  /**
   * Other tools use that part of the quota; nothing else that is done by hand is left to chance.
   */
  private OptionalInt percent(Optional<InjectionPoint> at, Optional<FaultAction> action) {
    if (at.equals(Optional.of(InjectionPoint.BY_HAND))
        && !action.equals(Optional.of(FaultAction.OTHER_SNAPSHOTS))) {
      unwanted(at, "percent", "it only with other-snapshots at by-hand");
      return OptionalInt.empty();
    }
    return number(entry.read("percent", PERCENT));
  }

  /** What is an accident happens once unless more is said, everything else every time. */
  private OptionalInt times(
      Optional<InjectionPoint> at,
      Optional<FaultAction> action,
      Optional<FaultArgument> argument,
      OptionalInt percent) {
    if (at.equals(Optional.of(InjectionPoint.BY_HAND))) {
      unwanted(at, "times", "it nowhere at by-hand, where each is done once");
      return OptionalInt.empty();
    }
    OptionalInt given = number(entry.read("times", TIMES));
    if (given.isPresent() || action.isEmpty()) {
      return given;
    }
    boolean lasts = argument.flatMap(FaultArgument::duration).isPresent();
    boolean once =
        action.get().accident(lasts)
            && (percent.isEmpty() || action.get() == FaultAction.NOT_READY);
    return once ? OptionalInt.of(1) : OptionalInt.empty();
  }

  private static OptionalInt number(Optional<Integer> given) {
    return given.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  /** The text of a field that must be there. */
  private Optional<String> text(String field, String expected) {
    entry.require(field, expected);
    return entry.read(field, value -> value.text().or(() -> value.refuse(expected)));
  }

  /** A name that must be among known ones, if any are known, or stand for all of them. */
  private Optional<String> name(String field, String expected, Collection<String> names) {
    Optional<String> found = text(field, expected);
    if (found.isPresent()
        && !found.get().equals(Occasions.ANY)
        && !names.isEmpty()
        && !names.contains(found.get())) {
      refuse(field, found.get(), DidYouMean.to(found.get(), names).orElse(expected));
    }
    return found;
  }

  private void refuse(String field, String found, String expected) {
    entry.refuse(field, Quoted.quote(found), expected);
  }

  private static String oneOf(Collection<String> words) {
    return "one of " + String.join(", ", new TreeSet<>(words));
  }
}
