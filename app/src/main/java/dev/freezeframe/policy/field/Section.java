package dev.freezeframe.policy.field;

import dev.freezeframe.common.Quoted;
import dev.freezeframe.input.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A group of named fields in the file. A field without a value is unset, as one that is not there.
 *
 * <p>Faults of one field never hide those of another: a faulty field reads as unset.
 */
public final class Section {
  private final String path;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Violations faults;
  private final boolean isGroup;

  /** A group that may hold any field, such as tags. */
  public Section(Entry entry) {
    path = entry.path();
    faults = entry.faults();
    isGroup = entry.node() instanceof MappingNode;
    if (entry.node() instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::enter);
    } else if (!Quoted.isUnset(entry.node())) {
      faults.add(shown(), Quoted.describe(entry.node()), "a group of fields");
    }
  }

  /** A group that may hold the known fields only. */
  public Section(Entry entry, List<String> known) {
    this(entry);
    List<String> unknown =
        values.keySet().stream().filter(field -> !known.contains(field)).toList();
    unknown.forEach(field -> refuseUnknown(field, known));
    values.keySet().removeAll(unknown);
  }

  private void enter(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      faults.add(
          shown(),
          "named by %s on line %d"
              .formatted(Quoted.describe(tuple.getKeyNode()), Quoted.line(tuple.getKeyNode())),
          "a group of fields with plain names");
      return;
    }
    Node first = values.putIfAbsent(key.getValue(), tuple.getValueNode());
    if (first != null) {
      String found = "given twice (again on line %d)".formatted(Quoted.line(key));
      faults.add(path(key.getValue()), found, "once");
    }
  }

  private void refuseUnknown(String field, List<String> known) {
    String expected =
        DidYouMean.to(field, known).orElseGet(() -> "one of " + String.join(", ", known));
    String found = "unknown (line %d)".formatted(Quoted.line(values.get(field)));
    faults.add(path(field), found, expected);
  }

  public boolean isSet(String field) {
    return values.containsKey(field) && !Quoted.isUnset(values.get(field));
  }

  /** Notes a fault if a field is unset. */
  public void require(String field, String expected) {
    if (isGroup && !isSet(field)) {
      refuse(field, "missing", expected);
    }
  }

  /** Whether none of these fields has a fault, so that they can be compared. */
  public boolean isSound(String... fields) {
    return List.of(fields).stream().map(this::path).allMatch(faults::spare);
  }

  public <T> Optional<T> read(String field, Field<T> kind) {
    return isSet(field) ? kind.read(entry(field)) : Optional.empty();
  }

  /** A list, whatever its length; its faulty members are left out. */
  public <T> Optional<List<T>> list(String field, Field<T> kind, int least, int most) {
    return read(field, entry -> list(entry, kind, least, most));
  }

  private <T> Optional<List<T>> list(Entry entry, Field<T> kind, int least, int most) {
    if (!(entry.node() instanceof SequenceNode sequence)) {
      return entry.refuse("a list of %d..%d".formatted(least, most));
    }
    int size = sequence.getValue().size();
    if (size < least || size > most) {
      return entry.refuse("a list of " + size, "a list of %d..%d".formatted(least, most));
    }
    List<T> members = new ArrayList<>();
    for (int index = 0; index < size; index++) {
      String memberPath = "%s[%d]".formatted(entry.path(), index);
      kind.read(new Entry(memberPath, sequence.getValue().get(index), faults))
          .ifPresent(members::add);
    }
    return Optional.of(members);
  }

  public Section section(String field, List<String> known) {
    return new Section(entry(field), known);
  }

  /** Every field of a group that may hold any. */
  public Map<String, Entry> entries() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    values.keySet().forEach(field -> entries.put(field, entry(field)));
    return entries;
  }

  public void refuse(String field, String found, String expected) {
    faults.add(path(field), found, expected);
  }

  private Entry entry(String field) {
    return new Entry(path(field), values.getOrDefault(field, YamlTree.UNSET), faults);
  }

  private String shown() {
    return path.isEmpty() ? Violations.WHOLE_FILE : path;
  }

  private String path(String field) {
    String shown = field.isBlank() ? Quoted.quote(field) : Quoted.shorten(field);
    return path.isEmpty() ? shown : path + "." + shown;
  }
}
