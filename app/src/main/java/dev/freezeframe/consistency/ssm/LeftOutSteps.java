package dev.freezeframe.consistency.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.LogSafe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The steps of a document that agents of a platform leave out for want of the plugin, and count as
 * succeeded: {@code Step execution skipped due to unsupported plugin} (amazon-ssm-agent,
 * runpluginutil.go, getStepExecutionOperation).
 *
 * <p>Plugins are those that an agent of 3.3 registers: executer/plugin/plugin_unix.go and
 * plugin_windows.go, and runpluginutil_darwin.go. Linux runs PowerShell, if it is installed.
 */
final class LeftOutSteps {
  private static final Map<String, Set<String>> ONLY_ELSEWHERE =
      Map.of(
          "Linux", Set.of("aws:psModule", "aws:applications", "aws:cloudWatch", "aws:updateAgent"),
          "Windows", Set.of("aws:runShellScript"));

  /** All that it runs, where what it lacks is more. */
  private static final Map<String, Set<String>> ONLY_THESE =
      Map.of(
          "MacOS",
          Set.of(
              "aws:updateSsmAgent",
              "aws:runPowerShellScript",
              "aws:runShellScript",
              "aws:softwareInventory",
              "aws:refreshAssociation",
              "aws:configurePackage"));

  private static final int MAX_NAME = 128;

  private LeftOutSteps() {}

  /**
   * Those of which the document does not say, by a precondition, that they are for another
   * platform.
   *
   * @param document the content, parsed
   * @param platform of the agent: {@code Linux}, {@code Windows} or {@code MacOS}
   * @return their names, in the order of the document
   */
  static List<String> of(JsonNode document, String platform) {
    List<String> names = new ArrayList<>();
    for (JsonNode step : document.path("mainSteps")) {
      if (lacks(platform, step.path("action").asText()) && !isForAnother(step, platform)) {
        names.add(LogSafe.of(step.path("name").asText("?"), MAX_NAME));
      }
    }
    return names;
  }

  private static boolean lacks(String platform, String plugin) {
    return ONLY_ELSEWHERE.getOrDefault(platform, Set.of()).contains(plugin)
        || (ONLY_THESE.containsKey(platform) && !ONLY_THESE.get(platform).contains(plugin));
  }

  private static boolean isForAnother(JsonNode step, String platform) {
    boolean ofPlatform = false;
    boolean thisOne = false;
    for (JsonNode operand : step.path("precondition").path("StringEquals")) {
      ofPlatform |= operand.asText().equals("platformType");
      thisOne |= operand.asText().equals(platform);
    }
    return ofPlatform && !thisOne;
  }
}
