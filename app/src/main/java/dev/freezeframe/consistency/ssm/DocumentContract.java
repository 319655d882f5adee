package dev.freezeframe.consistency.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.consistency.script.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * DLM's contract on a document, as far as it can be read from it.
 *
 * <p>A document that lacks one of the three commands "is treated as a failed execution" by DLM.
 */
public final class DocumentContract {
  private static final Set<String> COMMANDS =
      Collections.unmodifiableSet(new TreeSet<>(Set.of("pre-script", "post-script", "dry-run")));

  private static final AttemptId SOME_ATTEMPT = AttemptId.of("inspection", 1);

  private DocumentContract() {}

  /**
   * Returns how a document breaks the contract, a part of a sentence each; none: it keeps it.
   *
   * @param document the content, parsed
   */
  public static List<String> breaches(JsonNode document) {
    List<String> breaches = new ArrayList<>();
    String schema = document.path("schemaVersion").asText("");
    if (!schema.equals("2.2")) {
      breaches.add("schemaVersion is '%s', expected '2.2'".formatted(LogSafe.of(schema, 60)));
    }
    JsonNode parameters = document.path("parameters");
    if (!parameters.has("executionId")) {
      breaches.add("there is no parameter executionId");
    }
    if (!parameters.has("command")) {
      breaches.add("there is no parameter command");
      return breaches;
    }
    Set<String> found = new TreeSet<>();
    parameters.path("command").path("allowedValues").forEach(value -> found.add(value.asText()));
    if (!found.containsAll(COMMANDS)) {
      breaches.add(
          "allowedValues of command are %s, expected %s among them"
              .formatted(LogSafe.of(found.toString(), 200), COMMANDS));
    }
    return breaches;
  }

  /** Whether some step of a document runs on a platform, such as {@code Linux}. */
  public static boolean runs(JsonNode document, String platform, Script script) {
    Map<String, String> values = new TreeMap<>();
    document
        .path("parameters")
        .properties()
        .forEach(
            parameter ->
                values.put(parameter.getKey(), parameter.getValue().path("default").asText("")));
    values.put("command", script.parameter());
    values.put("executionId", script == Script.DRY_RUN ? "None" : SOME_ATTEMPT.value());
    StepCondition condition = new StepCondition(platform, values);
    for (JsonNode step : document.path("mainSteps")) {
      if (condition.runs(step)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the scripts of a document print our stamps, as those of our template do. */
  public static boolean stamps(String content) {
    return content.contains("FREEZEFRAME event=");
  }
}
