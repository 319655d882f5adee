package dev.freezeframe.rehearsal.ssm.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.rehearsal.document.DocumentException;
import dev.freezeframe.rehearsal.document.DocumentText;
import dev.freezeframe.rehearsal.ssm.document.DocumentBehaviour.Holds;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The description of a document that does not describe itself: {@code NAME.rehearsal.yaml} beside
 * {@code NAME.yaml}, with {@code holds: all}, {@code data} or {@code none}, and {@code timer: 60}.
 *
 * @param timer after how many seconds a freeze ends by itself; empty: never
 */
public record HoldDescription(Holds holds, Optional<Duration> timer) {
  /** How the name of a description ends, before its {@code .yaml}. */
  public static final String SUFFIX = ".rehearsal";

  private static final Map<String, Holds> HOLDS =
      Map.of("all", Holds.ALL, "data", Holds.DATA, "none", Holds.NONE);
  private static final Set<String> FIELDS = Set.of("holds", "timer");
  private static final int MAX_SECONDS = 3_600;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException in one sentence, if it is not one
   */
  public static HoldDescription read(String file, String text) {
    JsonNode tree;
    try {
      tree = DocumentText.yaml(text);
    } catch (DocumentException unreadable) {
      throw wrong(file, unreadable.getMessage());
    }
    Set<String> unknown = new TreeSet<>();
    tree.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(FIELDS);
    if (!unknown.isEmpty()) {
      throw wrong(file, "it has the field " + LogSafe.of(unknown.iterator().next(), 60));
    }
    Holds holds = HOLDS.get(tree.path("holds").asText(""));
    if (holds == null) {
      throw wrong(file, "holds is '%s'".formatted(LogSafe.of(tree.path("holds").asText(""), 60)));
    }
    JsonNode timer = tree.path("timer");
    boolean seconds = timer.isInt() && timer.intValue() >= 1 && timer.intValue() <= MAX_SECONDS;
    if (!timer.isMissingNode() && !seconds) {
      throw wrong(file, "timer is '%s'".formatted(LogSafe.of(timer.asText(""), 60)));
    }
    return new HoldDescription(
        holds, seconds ? Optional.of(Duration.ofSeconds(timer.intValue())) : Optional.empty());
  }

  private static IllegalArgumentException wrong(String file, String found) {
    return new IllegalArgumentException(
        "%s: %s, expected 'holds: all', 'holds: data' or 'holds: none', and perhaps 'timer: 60', in seconds up to %d"
            .formatted(file, found, MAX_SECONDS));
  }
}
