package dev.freezeframe.rehearsal.ssm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a document does to a guest, as far as its text tells.
 *
 * @param freezes whether its pre-script freezes: it names one of the ways to
 * @param timed whether it arms its own timer before it does, and keeps the contract to the letter:
 *     our documents, which print {@code FREEZEFRAME event=...}
 * @param stamp under which key its stamps name the {@code executionId}
 */
public record DocumentBehaviour(boolean freezes, boolean timed, String stamp) {
  private static final Pattern FREEZES =
      Pattern.compile(
          "fsfreeze|xfs_freeze|flush tables|lock instance|pg_backup_start|pg_start_backup"
              + "|\\bvss|createvss|create snapshot",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern STAMPS = Pattern.compile("FREEZEFRAME event=");
  private static final Pattern STAMP_KEY =
      Pattern.compile("FREEZEFRAME event=\\S+ at=\\S+ (execution\\w*)=");

  /** Reads it from a document's content. */
  public static DocumentBehaviour of(String content) {
    Matcher key = STAMP_KEY.matcher(content);
    return new DocumentBehaviour(
        FREEZES.matcher(content).find(),
        STAMPS.matcher(content).find(),
        key.find() ? key.group(1) : "executionId");
  }
}
