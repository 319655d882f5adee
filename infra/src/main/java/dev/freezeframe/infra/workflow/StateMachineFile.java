package dev.freezeframe.infra.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A state machine as its file has it: what stands in it is all that is known of its needs.
 *
 * @param name of the file, without its ending
 */
public record StateMachineFile(String name, String text) {
  /** The placeholder that {@link #textForAnyPartition} adds. */
  public static final String PARTITION = "Partition";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

  public static StateMachineFile read(Path file) {
    String fileName = file.getFileName().toString();
    try {
      return new StateMachineFile(
          fileName.substring(0, fileName.indexOf('.')), Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The text, with the one thing that differs between AWS's partitions to be filled in. */
  String textForAnyPartition() {
    return text.replace("arn:aws:states:::", "arn:${%s}:states:::".formatted(PARTITION));
  }

  /** The names that are to be filled in, such as {@code CreateSnapshots}. */
  public Set<String> placeholders() {
    Set<String> names = new TreeSet<>();
    PLACEHOLDER.matcher(text).results().forEach(found -> names.add(found.group(1)));
    return names;
  }

  /** The names that stand where some kind of task is done: {@code FunctionName} and such. */
  public Set<String> placeholders(String resource) {
    Set<String> names = new TreeSet<>();
    for (JsonNode task : tasks(resource)) {
      PLACEHOLDER
          .matcher(task.path("Parameters").toString())
          .results()
          .forEach(found -> names.add(found.group(1)));
    }
    return names;
  }

  /** Whether some task does this. */
  public boolean does(String resource) {
    return !tasks(resource).isEmpty();
  }

  /** Whether some Map starts executions of its own. */
  public boolean isDistributed() {
    return definition().findValuesAsText("Mode").contains("DISTRIBUTED");
  }

  private List<JsonNode> tasks(String resource) {
    List<JsonNode> tasks = new ArrayList<>();
    for (JsonNode state : definition().findParents("Resource")) {
      if (state.get("Resource").asText().equals(resource)) {
        tasks.add(state);
      }
    }
    return tasks;
  }

  private JsonNode definition() {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException broken) {
      throw new UncheckedIOException("%s.asl.json".formatted(name), broken);
    }
  }
}
