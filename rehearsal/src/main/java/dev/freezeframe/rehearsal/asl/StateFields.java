package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freezeframe.rehearsal.asl.data.InputOutput;
import dev.freezeframe.rehearsal.asl.data.JsonPath;
import dev.freezeframe.rehearsal.asl.data.PayloadTemplate;
import dev.freezeframe.rehearsal.asl.data.Seconds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** The fields of one state, and what states of several types read of them alike. */
final class StateFields {
  private static final List<String> OF_EVERY_STATE =
      List.of("Type", "Comment", "QueryLanguage", "InputPath", "OutputPath");

  private final String where;
  private final JsonNode state;
  private final Set<String> names;
  private final BiFunction<JsonNode, Set<String>, Machine> machines;

  /**
   * The fields of a state.
   *
   * @param where it stands, for what refuses it
   * @param names of the states that it may lead to
   * @param machines reads a machine inside the state, which may have more fields than others
   */
  StateFields(
      String where,
      JsonNode state,
      Set<String> names,
      BiFunction<JsonNode, Set<String>, Machine> machines) {
    this.where = where;
    this.state = state;
    this.names = names;
    this.machines = machines;
  }

  /** Refuses every field beside these and those of every state. */
  void only(String... fields) {
    Set<String> known = new TreeSet<>(List.of(fields));
    known.addAll(OF_EVERY_STATE);
    refuseUnknown(state, known, where);
  }

  static void refuseUnknown(JsonNode node, Set<String> known, String where) {
    String language = node.path("QueryLanguage").asText("JSONPath");
    if (!language.equals("JSONPath")) {
      throw new IllegalArgumentException(
          "%s: expected JSONPath, found %s, which cannot be rehearsed".formatted(where, language));
    }
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                throw new IllegalArgumentException(
                    "%s: %s cannot be rehearsed, expected one of %s"
                        .formatted(where, field, String.join(", ", new TreeSet<>(known))));
              }
            });
  }

  boolean has(String field) {
    return state.has(field);
  }

  JsonNode get(String field) {
    return state.path(field);
  }

  /** Reads a machine in the state; it may have these fields beside those of every machine. */
  Machine machine(JsonNode machine, Set<String> further) {
    return machines.apply(machine, further);
  }

  InputOutput inputOutput() {
    return new InputOutput(
        path(state, "InputPath"),
        template("Parameters"),
        template("ResultSelector"),
        path(state, "ResultPath"),
        path(state, "OutputPath"));
  }

  /** A text, or what stands at the path in the field of that name. */
  PayloadTemplate text(String field) {
    return state.has(field + "Path")
        ? PayloadTemplate.dynamic(field + "Path", state.get(field + "Path"))
        : PayloadTemplate.of(TextNode.valueOf(state.path(field).asText()));
  }

  Optional<PayloadTemplate> template(String field) {
    return Optional.ofNullable(state.get(field)).map(PayloadTemplate::of);
  }

  /** All where the field is missing, nothing where it is null. */
  private static Optional<JsonPath> path(JsonNode node, String field) {
    return node.path(field).isNull()
        ? Optional.empty()
        : Optional.of(JsonPath.of(node.path(field).asText("$")));
  }

  Optional<Seconds> seconds(String field, long least) {
    if (state.has(field)) {
      return Optional.of(Seconds.constant(state.get(field).asLong()));
    }
    return Optional.ofNullable(state.get(field + "Path"))
        .map(path -> Seconds.at(field + "Path", JsonPath.of(path.asText()), least));
  }

  String next() {
    return state.path("End").asBoolean() ? State.END : target("Next");
  }

  /** The name of a state in a field of the state. */
  String target(String field) {
    return target(state, field);
  }

  /** Likewise, in a field of one of its rules. */
  String target(JsonNode node, String field) {
    String target = node.path(field).asText();
    if (!names.contains(target)) {
      throw new IllegalArgumentException(
          "expected %s to name a state, found '%s'".formatted(field, target));
    }
    return target;
  }

  List<Retrier> retriers() {
    List<Retrier> retriers = new ArrayList<>();
    for (JsonNode rule : state.path("Retry")) {
      refuseUnknown(rule, Retrier.FIELDS, where + ", Retry");
      retriers.add(Retrier.read(rule, errors(rule)));
    }
    return retriers;
  }

  List<Catcher> catchers() {
    List<Catcher> catchers = new ArrayList<>();
    for (JsonNode rule : state.path("Catch")) {
      refuseUnknown(rule, Catcher.FIELDS, where + ", Catch");
      catchers.add(new Catcher(errors(rule), path(rule, "ResultPath"), target(rule, "Next")));
    }
    return catchers;
  }

  private static List<String> errors(JsonNode rule) {
    List<String> errors = new ArrayList<>();
    rule.path("ErrorEquals").forEach(error -> errors.add(error.asText()));
    return errors;
  }
}
