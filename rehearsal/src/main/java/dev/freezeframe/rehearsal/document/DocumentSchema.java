package dev.freezeframe.rehearsal.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.LogSafe;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which documents the rehearsal runs: Command documents of schema 2.2 with the features that it
 * simulates. Everything else is refused when a document is made, never passed over.
 *
 * <p>The fields are those of the Systems Manager guide, <i>Data elements and parameters</i>. Of a
 * step it has {@code maxAttempts}, {@code onFailure}, {@code settings} and {@code timeoutSeconds}
 * as well, which the agent reads ({@code InstancePluginConfig} of amazon-ssm-agent) and does not
 * act on. Scripts are not run, so that {@code interpolationType} has nothing to act on.
 */
public final class DocumentSchema {
  private static final String VERSION = "2.2";
  private static final Set<String> FIELDS =
      fields("schemaVersion", "description", "parameters", "mainSteps");
  private static final Set<String> STEP =
      fields(
          "action",
          "name",
          "description",
          "inputs",
          "precondition",
          "maxAttempts",
          "onFailure",
          "settings",
          "timeoutSeconds");
  private static final Set<String> PARAMETER =
      fields(
          "type",
          "description",
          "default",
          "allowedValues",
          "allowedPattern",
          "displayType",
          "interpolationType",
          "minItems",
          "maxItems",
          "minChars",
          "maxChars");
  private static final Set<String> TYPES =
      fields("String", "StringList", "Integer", "Boolean", "MapList", "StringMap");

  private DocumentSchema() {}

  private static Set<String> fields(String... names) {
    return new TreeSet<>(List.of(names));
  }

  /**
   * Looks at a document.
   *
   * @throws DocumentException if Systems Manager would not take it, or it has what is not simulated
   */
  public static void check(JsonNode document) {
    if (document.path("Content").isTextual() && !document.has("schemaVersion")) {
      throw new DocumentException(
          "it is what get-document prints, expected the document in it (aws ssm get-document --name"
              + " NAME --query Content --output text)");
    }
    JsonNode version = document.path("schemaVersion");
    if (!version.isValueNode() || !version.asText().equals(VERSION)) {
      throw new DocumentException(
          "schemaVersion is %s, expected '%s'".formatted(said(version), VERSION));
    }
    refuseUnknown("", document, FIELDS);
    parameters(document.path("parameters"));
    steps(document.path("mainSteps"));
  }

  private static void parameters(JsonNode parameters) {
    if (!parameters.isMissingNode() && !parameters.isObject()) {
      throw new DocumentException(
          "parameters is %s, expected a mapping by name".formatted(said(parameters)));
    }
    parameters
        .properties()
        .forEach(entry -> parameter("parameters." + entry.getKey(), entry.getValue()));
  }

  private static void parameter(String path, JsonNode parameter) {
    refuseUnlessMapping(path, parameter);
    refuseUnknown(path + ".", parameter, PARAMETER);
    String type = parameter.path("type").asText("");
    if (!TYPES.contains(type)) {
      throw notAnyOf(path + ".type", parameter.path("type"), TYPES);
    }
    JsonNode allowed = parameter.path("allowedValues");
    if (!allowed.isMissingNode() && !allowed.isArray()) {
      throw new DocumentException(
          "%s.allowedValues is %s, expected a list".formatted(path, said(allowed)));
    }
    JsonNode pattern = parameter.path("allowedPattern");
    if (pattern.isMissingNode()) {
      return;
    }
    try {
      Pattern.compile(pattern.asText());
    } catch (PatternSyntaxException wrong) {
      throw new DocumentException(
          "%s.allowedPattern is %s, expected a regular expression (%s)"
              .formatted(path, said(pattern), LogSafe.of(wrong.getDescription(), 100)));
    }
  }

  private static void steps(JsonNode steps) {
    if (!steps.isArray() || steps.isEmpty()) {
      throw new DocumentException(
          "mainSteps is %s, expected a list with a step at least".formatted(said(steps)));
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      step("mainSteps[" + i + "]", steps.get(i), names);
    }
  }

  private static void step(String path, JsonNode step, Set<String> names) {
    refuseUnlessMapping(path, step);
    refuseUnknown(path + ".", step, STEP);
    JsonNode name = step.path("name");
    if (!name.isValueNode() || name.asText().isBlank()) {
      throw new DocumentException(path + ".name is missing, expected a name of its own");
    }
    if (!names.add(name.asText())) {
      throw new DocumentException(
          "%s.name is %s, expected one that no other step has".formatted(path, said(name)));
    }
    StepPlugin plugin =
        StepPlugin.of(step.path("action").asText(""))
            .orElseThrow(
                () -> notAnyOf(path + ".action", step.path("action"), StepPlugin.actions()));
    JsonNode inputs = step.path("inputs");
    refuseUnlessMapping(path + ".inputs", inputs);
    refuseUnknown(path + ".inputs.", inputs, plugin.inputs());
    JsonNode precondition = step.path("precondition");
    if (!precondition.isMissingNode()) {
      refuseUnlessMapping(path + ".precondition", precondition);
    }
  }

  private static void refuseUnlessMapping(String path, JsonNode node) {
    if (!node.isObject()) {
      throw new DocumentException("%s is %s, expected a mapping".formatted(path, said(node)));
    }
  }

  private static void refuseUnknown(String path, JsonNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new DocumentException(
                    "%s%s is not simulated, expected no more than %s"
                        .formatted(path, LogSafe.of(name, 60), String.join(", ", known)));
              }
            });
  }

  private static DocumentException notAnyOf(
      String path, JsonNode found, Collection<String> simulated) {
    return new DocumentException(
        "%s is %s, expected what is simulated: %s"
            .formatted(path, said(found), String.join(", ", simulated)));
  }

  private static String said(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "missing";
    }
    return node.isContainerNode()
        ? node.isEmpty() ? "empty" : node.isArray() ? "a list" : "a mapping"
        : "'%s'".formatted(LogSafe.of(node.asText(), 60));
  }
}
