package dev.freezeframe.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A built document, read as SSM reads it. */
record DocumentYaml(JsonNode root) {

  static DocumentYaml of(SsmDocument document) {
    return of(document.content());
  }

  static DocumentYaml of(String content) {
    try {
      return new DocumentYaml(new YAMLMapper().readTree(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode parameters() {
    return root.path("parameters");
  }

  JsonNode step() {
    return root.path("mainSteps").path(0);
  }

  /** The step's script with its parameters put in, which the agent does as plain text. */
  String script(Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    parameters()
        .properties()
        .forEach(entry -> values.put(entry.getKey(), entry.getValue().path("default").asText()));
    given.forEach(
        (name, value) -> {
          JsonNode parameter = parameters().path(name);
          if (parameter.isMissingNode() || !accepts(parameter, value)) {
            throw new IllegalArgumentException("SSM would refuse " + name + "=" + value);
          }
          values.put(name, value);
        });
    String script =
        StreamSupport.stream(step().path("inputs").path("runCommand").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining("\n"));
    for (Map.Entry<String, String> value : values.entrySet()) {
      script = script.replace("{{ " + value.getKey() + " }}", value.getValue());
    }
    return script;
  }

  static boolean accepts(JsonNode parameter, String value) {
    JsonNode allowed = parameter.path("allowedValues");
    boolean listed =
        allowed.isMissingNode()
            || StreamSupport.stream(allowed.spliterator(), false)
                .anyMatch(one -> one.asText().equals(value));
    String pattern = parameter.path("allowedPattern").asText(".*");
    return listed && java.util.regex.Pattern.compile(pattern).matcher(value).matches();
  }
}
