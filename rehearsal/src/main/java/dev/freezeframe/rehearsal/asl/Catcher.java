package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freezeframe.rehearsal.asl.data.JsonPath;
import dev.freezeframe.rehearsal.asl.data.StatesError;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of {@code Catch} (ASL, "Fallback states").
 *
 * @param resultPath where the error goes in the state's input; empty: nowhere
 */
record Catcher(List<String> errors, Optional<JsonPath> resultPath, String next) {
  static final Set<String> FIELDS = Set.of("ErrorEquals", "ResultPath", "Next", "Comment");

  Catcher {
    errors = List.copyOf(errors);
  }

  boolean matches(StatesError error, boolean ofTask) {
    return errors.stream().anyMatch(name -> error.isNamed(name, ofTask));
  }

  JsonNode output(JsonNode input, StatesError error) {
    if (resultPath.isEmpty()) {
      return input;
    }
    return resultPath
        .get()
        .put(
            input,
            JsonNodeFactory.instance
                .objectNode()
                .put("Error", error.name())
                .put("Cause", error.getMessage()));
  }
}
