package dev.freezeframe.operator.dlm;

import dev.freezeframe.input.Content;
import dev.freezeframe.input.Content.Kind;
import dev.freezeframe.input.Entry;
import dev.freezeframe.input.FieldTypes;
import dev.freezeframe.input.FieldTypes.WholeNumber;
import dev.freezeframe.input.InvalidInputException;
import dev.freezeframe.input.JsonTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * One object of DLM's JSON. It remembers what it was asked for, so that what nobody asked for can
 * be named; what is null is not there.
 *
 * <p>Each question throws {@link InvalidInputException} if what stands there is of another kind.
 */
final class DlmObject {
  private static final int MAX_SIZE = 1 << 20;
  private static final String EXPECTED = "the JSON that `aws dlm get-lifecycle-policy` prints";

  private final Entry entry;
  private final Set<String> asked = new TreeSet<>();
  private final List<DlmObject> parts = new ArrayList<>();

  private DlmObject(Entry entry) {
    this.entry = entry;
    if (!entry.is(Kind.GROUP) && !entry.is(Kind.UNSET)) {
      throw entry.refusal("an object");
    }
  }

  /** The object of a whole file: what {@code aws dlm get-lifecycle-policy} printed. */
  static DlmObject read(Path file) {
    return of(JsonTree.read(file, MAX_SIZE, EXPECTED));
  }

  /** An object that has been read. */
  static DlmObject of(Entry entry) {
    return new DlmObject(entry);
  }

  /** Whether a field is there; that is no question. */
  boolean has(String field) {
    return !entry.member(field).is(Kind.UNSET);
  }

  boolean isText(String field) {
    return entry.member(field).is(Kind.TEXT);
  }

  Optional<String> text(String field) {
    return find(field, Kind.TEXT, "a text").flatMap(Entry::text);
  }

  Optional<Boolean> flag(String field) {
    return find(field, Kind.FLAG, "true or false").flatMap(FieldTypes.FLAG::read);
  }

  OptionalInt number(String field, int least, int most) {
    WholeNumber type = new WholeNumber(least, most);
    Optional<Integer> number =
        find(field, Kind.NUMBER, "a whole number " + type.range()).flatMap(type::read);
    entry.faults().raise();
    return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  /** The object in a field; an empty one if none exists. */
  DlmObject object(String field) {
    find(field, Kind.GROUP, "an object");
    return part(entry.member(field));
  }

  List<DlmObject> objects(String field) {
    return items(field).stream().map(this::part).toList();
  }

  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (Entry item : items(field)) {
      if (!item.is(Kind.TEXT)) {
        throw item.refusal("a text");
      }
      texts.add(item.content().text());
    }
    return texts;
  }

  /** A field that nothing is made of: what it holds needs no note. */
  void ignore(String... fields) {
    asked.addAll(List.of(fields));
  }

  /** What a field should have been. */
  InvalidInputException refuse(String field, String expected) {
    return entry.member(field).refusal(expected);
  }

  /** The fields that hold something and were not asked for, here and further in. */
  List<String> unasked() {
    List<String> unasked = new ArrayList<>();
    if (entry.is(Kind.GROUP)) {
      entry.content().members().stream()
          .filter(member -> !asked.contains(member.name().text()) && !isNothing(member.value()))
          .forEach(member -> unasked.add(entry.member(member.name().text()).path()));
    }
    parts.forEach(part -> unasked.addAll(part.unasked()));
    return unasked;
  }

  private static boolean isNothing(Content found) {
    return switch (found.kind()) {
      case UNSET -> true;
      case LIST -> found.items().isEmpty();
      case GROUP -> found.members().isEmpty();
      case TEXT, NUMBER, FLAG -> false;
    };
  }

  private DlmObject part(Entry found) {
    DlmObject part = new DlmObject(found);
    parts.add(part);
    return part;
  }

  private List<Entry> items(String field) {
    return find(field, Kind.LIST, "a list").map(Entry::items).orElse(List.of());
  }

  private Optional<Entry> find(String field, Kind kind, String expected) {
    asked.add(field);
    Entry found = entry.member(field);
    if (found.is(Kind.UNSET)) {
      return Optional.empty();
    }
    if (!found.is(kind)) {
      throw found.refusal(expected);
    }
    return Optional.of(found);
  }
}
