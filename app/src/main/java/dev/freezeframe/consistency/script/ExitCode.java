package dev.freezeframe.consistency.script;

import java.util.Arrays;
import java.util.Optional;

/** The exit codes of DLM's contract, with their documented meaning. */
public enum ExitCode {
  PRE_SCRIPT_FAILED(201, "the pre-script failed during execution"),
  POST_SCRIPT_FAILED(202, "the post-script failed during execution"),
  AUTO_THAWED(203, "auto-thaw occurred before the post-script was initiated"),
  POST_SCRIPT_EXPECTED(204, "the pre-script was initiated while a post-script was expected"),
  PRE_SCRIPT_EXPECTED(205, "the post-script was initiated while a pre-script was expected"),
  NOT_READY(206, "the application is not ready for the script");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public static Optional<ExitCode> of(int code) {
    return Arrays.stream(values()).filter(known -> known.code == code).findFirst();
  }

  /** Says what an exit code means, such as {@code exited with 201: the pre-script failed ...}. */
  public static String describe(int code) {
    return of(code)
        .map(known -> "exited with %d: %s".formatted(code, known.meaning))
        .orElseGet(() -> "exited with %d: not one of DLM's codes".formatted(code));
  }
}
