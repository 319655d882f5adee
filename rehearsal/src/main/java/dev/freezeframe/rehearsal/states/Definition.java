package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.asl.Machine;
import dev.freezeframe.rehearsal.asl.MachineReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A state machine file, ready to run.
 *
 * @param timeout of an execution as a whole
 */
record Definition(Machine machine, Optional<Duration> timeout) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9_.:-]+)}");

  /**
   * Reads a file's text.
   *
   * @param substitutions what stands for each {@code ${Placeholder}}
   */
  static Definition read(String name, String asl, Map<String, String> substitutions) {
    ObjectNode tree = parse(name, substitute(name, asl, substitutions));
    Optional<Duration> timeout =
        tree.has("TimeoutSeconds")
            ? Optional.of(Duration.ofSeconds(tree.get("TimeoutSeconds").asLong()))
            : Optional.empty();
    return new Definition(new MachineReader(name, Resource.all()).read(tree), timeout);
  }

  private static ObjectNode parse(String name, String asl) {
    try {
      if (JSON.readTree(asl) instanceof ObjectNode tree) {
        return tree;
      }
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(
          "state machine %s: expected JSON, found %s".formatted(name, wrong.getMessage()), wrong);
    }
    throw new IllegalArgumentException("state machine %s: expected a JSON object".formatted(name));
  }

  private static String substitute(String name, String asl, Map<String, String> substitutions) {
    TreeSet<String> missing = new TreeSet<>();
    Matcher placeholders = PLACEHOLDER.matcher(asl);
    String text =
        placeholders.replaceAll(
            found -> {
              String value = substitutions.get(found.group(1));
              if (value == null) {
                missing.add(found.group());
                return "";
              }
              return Matcher.quoteReplacement(value);
            });
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "state machine %s: expected a substitution for each placeholder, found none for %s"
              .formatted(name, String.join(", ", missing)));
    }
    return text;
  }
}
