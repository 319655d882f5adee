package dev.freezeframe.rehearsal.ssm;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a document does to a guest, as far as its text tells.
 *
 * @param freezes whether its pre-script freezes: it names one of the ways to
 * @param timed whether it arms its own timer before it does, and keeps the contract to the letter:
 *     our documents, which print {@code FREEZEFRAME event=...}
 * @param document the name that its stamps have for it
 * @param limit after how long a freeze ends by itself, where that is no parameter
 */
public record DocumentBehaviour(
    boolean freezes, boolean timed, String document, Optional<Duration> limit) {
  private static final Pattern FREEZES =
      Pattern.compile(
          "fsfreeze|xfs_freeze|flush tables|lock instance|pg_backup_start|pg_start_backup"
              + "|\\bvss|createvss|managevss|create snapshot",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern STAMPS = Pattern.compile("FREEZEFRAME event=");
  private static final Pattern DOCUMENT =
      Pattern.compile("document='?([a-z][a-z-]*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern LIMIT = Pattern.compile("FreezeLimitSeconds = (\\d{1,4})");

  /**
   * Reads it from the text of a step.
   *
   * @param name of the document, for one that does not give its stamps another
   */
  public static DocumentBehaviour of(String text, String name) {
    Matcher document = DOCUMENT.matcher(text);
    Matcher limit = LIMIT.matcher(text);
    return new DocumentBehaviour(
        FREEZES.matcher(text).find(),
        STAMPS.matcher(text).find(),
        document.find() ? document.group(1) : name,
        limit.find()
            ? Optional.of(Duration.ofSeconds(Long.parseLong(limit.group(1))))
            : Optional.empty());
  }
}
