package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Data with which a state machine gets far: made of the paths that it reads, each with a value that
 * the field or comparison could mean, and now and then without one.
 */
final class Plausible implements Observed.Answers {
  private static final int DEPTH = 5;
  private static final JsonNode ITEMS = JsonNodeFactory.instance.textNode("ItemsPath");

  private final long seed;
  private final int omitted;
  private final Map<String, JsonNode> hints = new TreeMap<>();
  private final TreeSet<String> paths = new TreeSet<>();
  private final TreeSet<String> errors = new TreeSet<>(List.of("Boom", "Lambda.Unknown"));

  /**
   * Data of a seed.
   *
   * @param omitted one of so many values is missing
   */
  Plausible(long seed, JsonNode definition, int omitted) {
    this.seed = seed;
    this.omitted = omitted;
    collect("", definition);
    errors.removeIf(error -> error.startsWith("States."));
  }

  private void collect(String field, JsonNode node) {
    if (node.isTextual() && node.textValue().startsWith("$.")) {
      String path = node.textValue().substring(2);
      paths.add(path);
      if (path.endsWith("]")) {
        hints.put(path.substring(0, path.indexOf('[')), ITEMS);
      } else if (List.of("SecondsPath", "TimeoutSecondsPath", "ItemsPath").contains(field)) {
        hints.put(path, JsonNodeFactory.instance.textNode(field));
      }
    }
    if (node.has("Variable")) {
      hints.put(node.get("Variable").asText().substring(2), node);
    }
    if (field.equals("ErrorEquals")) {
      node.forEach(error -> errors.add(error.asText()));
    }
    if (node.isObject()) {
      node.properties().forEach(member -> collect(member.getKey(), member.getValue()));
    } else {
      node.forEach(element -> collect("", element));
    }
  }

  /** An input of the machine. */
  ObjectNode input() {
    return tree(new SplittableRandom(seed), "", 0);
  }

  @Override
  public Observed.TaskReply to(String question, int times) {
    SplittableRandom random = new SplittableRandom(seed ^ (31L * question.hashCode() + times));
    Optional<String> error =
        random.nextInt(5) == 0
            ? Optional.of(new ArrayList<>(errors).get(random.nextInt(errors.size())))
            : Optional.empty();
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    for (String path : paths) {
      int answer = path.indexOf(".answer");
      if (answer > 0) {
        payload.setAll(tree(random, path.substring(0, answer) + ".answer", 0));
      }
    }
    ObjectNode result = tree(random, "", DEPTH - 1);
    result.put("StatusCode", 200).set("Payload", payload);
    return new Observed.TaskReply(
        Duration.ofMillis(random.nextInt(6) == 0 ? random.nextInt(200_000) : random.nextInt(3_000)),
        error,
        result);
  }

  private ObjectNode tree(SplittableRandom random, String under, int depth) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    String prefix = under.isEmpty() ? "" : under + ".";
    for (String path : paths) {
      if (path.startsWith(prefix) && path.length() > prefix.length()) {
        String name = path.substring(prefix.length()).split("[.\\[]", 2)[0];
        if (!tree.has(name) && present(random, prefix + name)) {
          tree.set(name, value(random, prefix + name, depth));
        }
      }
    }
    return tree;
  }

  private boolean present(SplittableRandom random, String path) {
    JsonNode hint = hints.get(path);
    boolean needed = hint != null && hint.isTextual();
    return needed || random.nextInt(hint != null && hint.has("IsPresent") ? 2 : omitted) != 0;
  }

  private JsonNode value(SplittableRandom random, String path, int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (paths.stream().anyMatch(other -> other.startsWith(path + "."))) {
      return tree(random, path, depth + 1);
    }
    JsonNode hint = hints.getOrDefault(path, nodes.nullNode());
    if (hint.equals(ITEMS) || path.equals(RandomMachine.ITEMS)) {
      return items(random, depth);
    }
    if (hint.isTextual()
        || path.equals(RandomMachine.NUMBER)
        || hint.toString().contains("Numeric")) {
      return nodes.numberNode(random.nextInt(5));
    }
    if (hint.has("BooleanEquals")) {
      return nodes.booleanNode(random.nextBoolean());
    }
    if (hint.has("StringEquals") && random.nextBoolean()) {
      return hint.get("StringEquals");
    }
    return switch (random.nextInt(4)) {
      case 0 -> nodes.numberNode(random.nextInt(5));
      case 1 -> nodes.booleanNode(random.nextBoolean());
      default -> nodes.textNode("text " + random.nextInt(3));
    };
  }

  /** Each with all that any of the machine's paths reads. */
  private ArrayNode items(SplittableRandom random, int depth) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (int i = random.nextInt(5); i > 0; i--) {
      ObjectNode item = items.addObject();
      if (depth < DEPTH) {
        paths.stream()
            .filter(path -> path.indexOf('.') > 0)
            .map(path -> path.substring(0, path.indexOf('.')))
            .distinct()
            .forEach(first -> item.setAll(tree(random, first, DEPTH)));
        item.setAll(tree(random, "", DEPTH));
      }
    }
    return items;
  }
}
