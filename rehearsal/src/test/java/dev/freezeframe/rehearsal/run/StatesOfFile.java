package dev.freezeframe.rehearsal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;

/**
 * The states of a state machine file as they are written, without those inside Map and Parallel.
 */
final class StatesOfFile {
  private StatesOfFile() {}

  /** The type of each state, by its name. */
  static Map<String, String> types(String machine) {
    try {
      JsonNode file =
          Json.mapper()
              .readTree(
                  Files.readString(
                      Scene.root().resolve("statemachines").resolve(machine + ".asl.json")));
      Map<String, String> types = new TreeMap<>();
      file.path("States")
          .properties()
          .forEach(state -> types.put(state.getKey(), state.getValue().path("Type").asText()));
      return types;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Whether an execution spends time in a state of this type. */
  static boolean takesTime(String type) {
    return switch (type) {
      case "Task", "Wait", "Map", "Parallel" -> true;
      case "Choice", "Pass", "Succeed", "Fail" -> false;
      default -> throw new IllegalArgumentException("type of a state: found " + type);
    };
  }
}
