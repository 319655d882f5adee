package dev.freezeframe.rehearsal.ssm.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.document.DocumentSchema;
import dev.freezeframe.rehearsal.document.StepPlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.model.PlatformType;

/**
 * One step of a document.
 *
 * @param name what the API calls the name of a plugin
 * @param precondition the operands of each operator; none: there is no condition
 * @param onFailure {@code exit}, {@code successAndExit} or empty; the agent looks for it, and for
 *     the next two, in the inputs of the step and nowhere else
 * @param onSuccess {@code exit} or empty
 * @param lastWord whether it runs whatever became of the others, if it is the last
 * @param timeoutSeconds as written, may name a parameter
 * @param behaviour what it does, as its document or someone says
 */
public record DocumentStep(
    String name,
    StepPlugin plugin,
    SortedMap<String, List<String>> precondition,
    String onFailure,
    String onSuccess,
    boolean lastWord,
    String timeoutSeconds,
    DocumentBehaviour behaviour) {
  private static final String PLATFORM = "platformType";
  private static final Duration TIMEOUT = Duration.ofHours(1);

  /** Of one that keeps {@link DocumentSchema}. */
  static DocumentStep of(
      JsonNode step, String document, boolean freezesFileSystems, Optional<HoldDescription> said) {
    JsonNode inputs = step.path("inputs");
    SortedMap<String, List<String>> precondition = new TreeMap<>();
    step.path("precondition")
        .properties()
        .forEach(operator -> precondition.put(operator.getKey(), texts(operator.getValue())));
    DocumentBehaviour own =
        DocumentBehaviour.of(String.join("\n", texts(inputs)), document, freezesFileSystems);
    return new DocumentStep(
        step.path("name").asText(""),
        StepPlugin.of(step.path("action").asText("")).orElseThrow(),
        precondition,
        inputs.path("onFailure").asText(""),
        inputs.path("onSuccess").asText(""),
        inputs.path("finallyStep").asText("").equals("true"),
        inputs.path("timeoutSeconds").asText(""),
        said.map(own::described).orElse(own));
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isValueNode()) {
      texts.add(node.asText());
    }
    node.forEach(child -> texts.addAll(texts(child)));
    return texts;
  }

  /** The platform that it wants; empty: it wants none. */
  Optional<String> wantedPlatform() {
    List<String> operands = precondition.getOrDefault("StringEquals", List.of());
    int operand = operands.indexOf(PLATFORM);
    return operand < 0 || operands.size() != 2
        ? Optional.empty()
        : Optional.of(operands.get(1 - operand));
  }

  /** Where it can run. */
  public List<PlatformType> platforms() {
    Optional<PlatformType> wanted =
        wantedPlatform()
            .flatMap(
                name ->
                    PlatformType.knownValues().stream()
                        .filter(known -> known.toString().equalsIgnoreCase(name))
                        .findFirst());
    return wanted
        .map(List::of)
        .orElseGet(
            () ->
                Stream.of(PlatformType.LINUX, PlatformType.MAC_OS, PlatformType.WINDOWS)
                    .filter(plugin::isOn)
                    .toList());
  }

  /** Whether its plugin has no program to start: no image of AWS for Linux brings PowerShell. */
  public boolean lacksProgram(PlatformType platform) {
    return plugin == StepPlugin.RUN_POWER_SHELL_SCRIPT && platform != PlatformType.WINDOWS;
  }

  /**
   * Why the agent leaves it out, in its words; empty: it does not. It asks for the plugin first,
   * and for a condition that is not met before one that it does not understand.
   *
   * @param values of the parameters
   */
  public Optional<String> leftOut(PlatformType platform, Map<String, String> values) {
    if (!plugin.isOn(platform)) {
      return Optional.of(
          "Step execution skipped due to unsupported plugin: %s. Step name: %s"
              .formatted(plugin.action(), name));
    }
    boolean unmet =
        precondition.entrySet().stream()
            .anyMatch(one -> StepPrecondition.of(one, platform, values) == StepPrecondition.UNMET);
    return unmet
        ? Optional.of(
            "Step execution skipped due to unsatisfied preconditions: '%s'. Step name: %s"
                .formatted(written(), name))
        : Optional.empty();
  }

  /**
   * Why the agent fails it without running it, in its words; empty: it does not.
   *
   * @param values of the parameters
   */
  public Optional<String> notUnderstood(PlatformType platform, Map<String, String> values) {
    return precondition.entrySet().stream()
            .anyMatch(one -> StepPrecondition.of(one, platform, values) == StepPrecondition.UNKNOWN)
        ? Optional.of(
            "Unrecognized precondition(s): '%s', please update agent to latest version. Step name: %s"
                .formatted(written(), name))
        : Optional.empty();
  }

  /** Such as {@code "StringEquals": [platformType, Windows]}. */
  private String written() {
    return precondition.entrySet().stream()
        .map(one -> "\"%s\": %s".formatted(one.getKey(), one.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** How long it may run. */
  public Duration timeout(Map<String, String> values) {
    String seconds = resolve(timeoutSeconds, values);
    return seconds.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(seconds)) : TIMEOUT;
  }

  static String resolve(String text, Map<String, String> values) {
    String resolved = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      resolved =
          resolved.replaceAll(
              "\\{\\{\\s*" + value.getKey() + "\\s*}}",
              java.util.regex.Matcher.quoteReplacement(value.getValue()));
    }
    return resolved;
  }
}
