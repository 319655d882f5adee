package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.ssm.document.DocumentBehaviour;
import dev.freezeframe.rehearsal.ssm.document.DocumentStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A document's deed as it is done on a guest.
 *
 * @param command value of the parameter of that name, empty string if the document has none
 * @param autoThaw how long its timer lets a freeze last
 * @param values of all parameters
 * @param startedAt in true time
 */
record Script(
    DocumentBehaviour behaviour,
    String command,
    String executionId,
    Duration autoThaw,
    Map<String, String> values,
    Instant startedAt) {
  private static final Duration AUTO_THAW = Duration.ofSeconds(60);

  static Script of(DocumentStep step, Map<String, String> values, Instant startedAt) {
    String seconds =
        values.getOrDefault("autoThawSeconds", values.getOrDefault("autoMountSeconds", ""));
    return new Script(
        step.behaviour(),
        values.getOrDefault("command", ""),
        values.getOrDefault("executionId", "None"),
        seconds.matches("\\d{1,6}")
            ? Duration.ofSeconds(Long.parseLong(seconds))
            : step.behaviour().timer().orElse(AUTO_THAW),
        values,
        startedAt);
  }
}
