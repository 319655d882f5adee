package dev.freezeframe.rehearsal.dynamo.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an expression compares, or sets an attribute to. */
sealed interface Operand {

  /** The value, of an item; empty where the item has no such attribute. */
  Optional<AttributeValue> in(Map<String, AttributeValue> item, Placeholders given);

  /** {@code :value}. */
  record Literal(String placeholder) implements Operand {
    @Override
    public Optional<AttributeValue> in(Map<String, AttributeValue> item, Placeholders given) {
      return Optional.of(given.value(placeholder));
    }
  }

  /** {@code #name}, or {@code #map.#name}. */
  record Path(List<String> placeholders) implements Operand {
    public Path {
      placeholders = List.copyOf(placeholders);
    }

    List<String> names(Placeholders given) {
      return placeholders.stream().map(given::name).toList();
    }

    @Override
    public Optional<AttributeValue> in(Map<String, AttributeValue> item, Placeholders given) {
      Map<String, AttributeValue> within = item;
      AttributeValue found = null;
      for (String placeholder : placeholders) {
        found = within.get(given.name(placeholder));
        if (found == null) {
          return Optional.empty();
        }
        within = found.hasM() ? found.m() : Map.of();
      }
      return Optional.of(found);
    }
  }

  /** {@code size(#name)}, of a map, a list or a set: the number of its elements. */
  record Size(Path path) implements Operand {
    @Override
    public Optional<AttributeValue> in(Map<String, AttributeValue> item, Placeholders given) {
      return path.in(item, given).map(value -> AttributeValue.fromN(Integer.toString(size(value))));
    }

    private static int size(AttributeValue value) {
      return switch (value.type()) {
        case M -> value.m().size();
        case L -> value.l().size();
        case SS -> value.ss().size();
        default ->
            throw new IllegalArgumentException(
                "expected size() of a map, a list or a set, found " + value);
      };
    }
  }

  /** {@code if_not_exists(#name, :value)}. */
  record IfNotExists(Path path, Operand otherwise) implements Operand {
    @Override
    public Optional<AttributeValue> in(Map<String, AttributeValue> item, Placeholders given) {
      return path.in(item, given).or(() -> otherwise.in(item, given));
    }
  }
}
