package dev.freezeframe.consistency;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.policy.OneLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * DLM's contract on a document, as far as it can be read from it.
 *
 * <p>A document that lacks one of the three commands "is treated as a failed execution" by DLM.
 */
public final class DocumentContract {
  private static final Set<String> COMMANDS =
      Collections.unmodifiableSet(new TreeSet<>(Set.of("pre-script", "post-script", "dry-run")));

  private DocumentContract() {}

  /**
   * What a document breaks of the contract, a sentence part each; none: it keeps it.
   *
   * @param document the content, parsed
   */
  public static List<String> breaches(JsonNode document) {
    List<String> breaches = new ArrayList<>();
    String schema = document.path("schemaVersion").asText("");
    if (!schema.equals("2.2")) {
      breaches.add("schemaVersion is '%s', expected '2.2'".formatted(OneLine.of(schema, 60)));
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
              .formatted(OneLine.of(found.toString(), 200), COMMANDS));
    }
    return breaches;
  }

  /** Whether some step of a document runs on a platform: {@code Linux}, {@code Windows}. */
  public static boolean runsOn(JsonNode document, String platform) {
    for (JsonNode step : document.path("mainSteps")) {
      JsonNode condition = step.path("precondition").path("StringEquals");
      if (condition.isMissingNode()) {
        boolean powerShell = step.path("action").asText().equals("aws:runPowerShellScript");
        if (!powerShell || platform.equals("Windows")) {
          return true;
        }
      }
      for (JsonNode operand : condition) {
        if (operand.asText().equals(platform)) {
          return true;
        }
      }
    }
    return false;
  }
}
