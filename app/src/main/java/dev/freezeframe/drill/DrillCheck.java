package dev.freezeframe.drill;

import static java.time.temporal.ChronoUnit.MILLIS;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.freezeframe.consistency.script.ScriptRun;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a command of the drill's document ended.
 *
 * @param exitCode -1: it did not exit
 * @param words its result, in a sentence
 * @param stamps when its document says that something happened, by the guest's clock
 * @param warnings of its document
 * @param knownAt when the end was known
 */
public record DrillCheck(
    ScriptRun.Ending ending,
    int exitCode,
    String words,
    Map<String, Instant> stamps,
    List<String> warnings,
    Instant knownAt) {

  public DrillCheck {
    TreeMap<String, Instant> sorted = new TreeMap<>();
    stamps.forEach((stamp, at) -> sorted.put(stamp, at.truncatedTo(MILLIS)));
    stamps = Collections.unmodifiableMap(sorted);
    warnings = List.copyOf(warnings);
    knownAt = knownAt.truncatedTo(MILLIS);
  }

  /** Whether it is well, and exited itself. */
  @JsonIgnore
  public boolean succeeded() {
    return ending == ScriptRun.Ending.SUCCEEDED && exitCode == 0;
  }
}
