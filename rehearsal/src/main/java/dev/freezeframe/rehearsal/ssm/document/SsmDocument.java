package dev.freezeframe.rehearsal.ssm.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freezeframe.rehearsal.document.DocumentException;
import dev.freezeframe.rehearsal.document.DocumentSchema;
import dev.freezeframe.rehearsal.document.DocumentText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentContentException;
import software.amazon.awssdk.services.ssm.model.InvalidParametersException;
import software.amazon.awssdk.services.ssm.model.PlatformType;

/** One version of a Command document. */
public final class SsmDocument {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonMapper JSON = new JsonMapper();

  private final String name;
  private final String version;
  private final String content;
  private final JsonNode tree;
  private final Instant createdAt;
  private final String sha256;
  private final List<DocumentStep> steps;
  private final SortedMap<String, DocumentParameter> parameters;
  private final SortedSet<PlatformType> platforms;

  private SsmDocument(
      String name,
      String version,
      String content,
      JsonNode tree,
      Instant createdAt,
      Optional<HoldDescription> said) {
    this.name = name;
    this.version = version;
    this.content = content;
    this.tree = tree;
    this.createdAt = createdAt;
    this.sha256 = sha256(content);
    this.steps = steps(name, tree, said);
    this.parameters = parameters(tree);
    this.platforms = platforms(steps);
  }

  /**
   * Reads one; refuses what Systems Manager would not take and what is not simulated.
   *
   * @param said what someone says it holds; empty: what it says itself
   */
  static SsmDocument parse(
      String name,
      String version,
      String content,
      Instant createdAt,
      Optional<HoldDescription> said) {
    try {
      JsonNode tree = DocumentText.parse(content);
      DocumentSchema.check(tree);
      return new SsmDocument(name, version, content, tree, createdAt, said);
    } catch (DocumentException wrong) {
      throw SsmRefusal.of(
          InvalidDocumentContentException.builder(),
          "InvalidDocumentContent",
          "The content of document %s is not valid: %s".formatted(name, wrong.getMessage()));
    }
  }

  private static String sha256(String content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  public DocumentFormat format() {
    return DocumentText.isJson(content) ? DocumentFormat.JSON : DocumentFormat.YAML;
  }

  /**
   * The content, written anew in the format that is asked for. Nothing says that GetDocument
   * returns the bytes that were stored, of which the hash was taken; here it never does.
   */
  public String content(DocumentFormat wanted) {
    try {
      return (wanted == DocumentFormat.JSON ? JSON : YAML)
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(tree);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public String name() {
    return name;
  }

  public String version() {
    return version;
  }

  public String schemaVersion() {
    return tree.path("schemaVersion").asText();
  }

  public Instant createdAt() {
    return createdAt;
  }

  public String sha256() {
    return sha256;
  }

  /** In their order; at least one. */
  public List<DocumentStep> steps() {
    return steps;
  }

  /**
   * Whether it validates what a drill restored: it takes the volumes as its parameter {@code
   * members}, as no document that freezes does.
   */
  public boolean drills() {
    return parameters.containsKey("members");
  }

  /** Where it runs: where any of its steps does. */
  public SortedSet<PlatformType> platforms() {
    return platforms;
  }

  private static List<DocumentStep> steps(
      String name, JsonNode tree, Optional<HoldDescription> said) {
    List<DocumentStep> steps = new ArrayList<>();
    boolean freezes = DocumentBehaviour.freezesFileSystems(tree);
    tree.path("mainSteps").forEach(step -> steps.add(DocumentStep.of(step, name, freezes, said)));
    return List.copyOf(steps);
  }

  private static SortedSet<PlatformType> platforms(List<DocumentStep> steps) {
    SortedSet<PlatformType> platforms = new TreeSet<>();
    steps.forEach(step -> platforms.addAll(step.platforms()));
    return platforms;
  }

  private static SortedMap<String, DocumentParameter> parameters(JsonNode tree) {
    SortedMap<String, DocumentParameter> parameters = new TreeMap<>();
    tree.path("parameters")
        .properties()
        .forEach(field -> parameters.put(field.getKey(), DocumentParameter.of(field.getValue())));
    return parameters;
  }

  /** The values that a command has, given ones over defaults; refuses what is not allowed. */
  public SortedMap<String, String> resolve(Map<String, List<String>> given) {
    SortedMap<String, String> values = new TreeMap<>();
    new TreeMap<>(given)
        .forEach(
            (name, value) -> {
              DocumentParameter parameter = parameters.get(name);
              if (parameter == null) {
                throw wrongParameter(
                    "Parameter \"%s\" is not in the document %s".formatted(name, this.name));
              }
              if (!parameter.allows(value)) {
                throw wrongParameter(
                    "Parameter \"%s\" has a value that is not allowed: %s".formatted(name, value));
              }
              values.put(name, String.join(",", value));
            });
    parameters.forEach(
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
  public Duration executionTimeout(Map<String, String> values) {
    return steps.stream().map(step -> step.timeout(values)).reduce(Duration.ZERO, Duration::plus);
  }
}
