package dev.freezeframe.rehearsal.ssm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentContentException;
import software.amazon.awssdk.services.ssm.model.InvalidParametersException;
import software.amazon.awssdk.services.ssm.model.PlatformType;

/** One version of a Command document. */
record SsmDocument(String name, String version, String content, JsonNode tree, Instant createdAt) {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration EXECUTION_TIMEOUT = Duration.ofHours(1);

  static SsmDocument parse(String name, String version, String content, Instant createdAt) {
    try {
      JsonNode tree = YAML.readTree(content);
      if (tree == null || !tree.isObject() || !tree.hasNonNull("schemaVersion")) {
        throw notADocument(name, "expected a document with a schemaVersion");
      }
      return new SsmDocument(name, version, content, tree, createdAt);
    } catch (JsonProcessingException wrong) {
      throw notADocument(name, wrong.getOriginalMessage());
    }
  }

  private static RuntimeException notADocument(String name, String why) {
    return SsmRefusal.of(
        InvalidDocumentContentException.builder(),
        "InvalidDocumentContent",
        "The content of document %s is not valid: %s".formatted(name, why));
  }

  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  DocumentFormat format() {
    return content.stripLeading().startsWith("{") ? DocumentFormat.JSON : DocumentFormat.YAML;
  }

  /** The content as it was stored, or converted if another format is asked for. */
  String content(DocumentFormat wanted) {
    if (wanted == format() || wanted == DocumentFormat.TEXT) {
      return content;
    }
    try {
      return (wanted == DocumentFormat.JSON ? JSON : YAML)
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(tree);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  DocumentBehaviour behaviour() {
    return DocumentBehaviour.of(content);
  }

  /** The name of its first step. */
  String plugin() {
    return tree.path("mainSteps").path(0).path("name").asText("");
  }

  /** Where it runs: as its preconditions say, else as its plugins do. */
  SortedSet<PlatformType> platforms() {
    SortedSet<PlatformType> platforms = new TreeSet<>();
    for (JsonNode step : tree.path("mainSteps")) {
      JsonNode required = step.path("precondition").path("StringEquals").path(1);
      if (!required.isMissingNode()) {
        platforms.add(PlatformType.fromValue(required.asText()));
      } else if (step.path("action").asText().equals("aws:runPowerShellScript")) {
        platforms.add(PlatformType.WINDOWS);
      } else if (step.path("action").asText().equals("aws:runShellScript")) {
        platforms.addAll(List.of(PlatformType.LINUX, PlatformType.MAC_OS));
      } else {
        platforms.addAll(List.of(PlatformType.LINUX, PlatformType.MAC_OS, PlatformType.WINDOWS));
      }
    }
    return platforms;
  }

  SortedMap<String, DocumentParameter> parameters() {
    SortedMap<String, DocumentParameter> parameters = new TreeMap<>();
    tree.path("parameters")
        .properties()
        .forEach(field -> parameters.put(field.getKey(), DocumentParameter.of(field.getValue())));
    return parameters;
  }

  /** The values that a command has, given ones over defaults; refuses what is not allowed. */
  SortedMap<String, String> resolve(Map<String, List<String>> given) {
    SortedMap<String, DocumentParameter> known = parameters();
    SortedMap<String, String> values = new TreeMap<>();
    new TreeMap<>(given)
        .forEach(
            (name, value) -> {
              DocumentParameter parameter = known.get(name);
              if (parameter == null) {
                throw wrongParameter(
                    "Parameter \"%s\" is not in the document %s".formatted(name, this.name));
              }
              if (!value.stream().allMatch(parameter::allows)) {
                throw wrongParameter(
                    "Parameter \"%s\" has a value that is not allowed: %s".formatted(name, value));
              }
              values.put(name, String.join(",", value));
            });
    known.forEach(
        (name, parameter) -> {
          if (!values.containsKey(name)) {
            List<String> value =
                parameter
                    .byDefault()
                    .orElseThrow(
                        () -> wrongParameter("Parameter \"%s\" has no value".formatted(name)));
            values.put(name, String.join(",", value));
          }
        });
    return values;
  }

  private static RuntimeException wrongParameter(String message) {
    return SsmRefusal.of(InvalidParametersException.builder(), "InvalidParameters", message);
  }

  /** How long its steps may run together. */
  Duration executionTimeout(Map<String, String> values) {
    Duration all = Duration.ZERO;
    for (JsonNode step : tree.path("mainSteps")) {
      String seconds = step.path("inputs").path("timeoutSeconds").asText("");
      for (Map.Entry<String, String> value : values.entrySet()) {
        seconds = seconds.replaceAll("\\{\\{\\s*" + value.getKey() + "\\s*}}", value.getValue());
      }
      all =
          all.plus(
              seconds.matches("\\d{1,9}")
                  ? Duration.ofSeconds(Long.parseLong(seconds))
                  : EXECUTION_TIMEOUT);
    }
    return all;
  }
}
