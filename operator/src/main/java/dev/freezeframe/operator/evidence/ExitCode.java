package dev.freezeframe.operator.evidence;

import java.util.Arrays;

/** What the documents of drills exit with, for someone who has never seen one. */
public enum ExitCode {
  OK(0, "every check passed", "PASSED"),
  GAVE_UP(201, "the checks did not end in the time that they have", "INCONCLUSIVE"),
  BUSY(204, "another check of the same drill was under way", "INCONCLUSIVE"),
  REFUSED(
      206,
      "the machine is not the drill instance, or lacks a program that the checks need",
      "INCONCLUSIVE"),
  NO_VOLUME(211, "a restored volume did not appear in the drill instance", "INCONCLUSIVE"),
  NOT_ASSEMBLED(
      212,
      "volumes that belong together (LVM, RAID) cannot be put together: a part is missing, or is of"
          + " another time",
      "FAILED"),
  NOT_MOUNTED(213, "a file system cannot be mounted, or is not recognised as one", "FAILED"),
  DAMAGED(214, "a check found damage, or volumes of different times", "FAILED"),
  NOT_STARTED(215, "the application did not start with the restored data", "FAILED"),
  CHECK_FAILED(216, "the application started, and a check of its data failed", "FAILED"),
  NOTHING(217, "nothing was found that could be checked", "INCONCLUSIVE");

  private final int code;
  private final String meaning;
  private final String verdict;

  ExitCode(int code, String meaning, String verdict) {
    this.code = code;
    this.meaning = meaning;
    this.verdict = verdict;
  }

  /** What a code means; those of documents of the user's own are for them to say. */
  static String meaningOf(int code) {
    if (code < 0) {
      return "it did not end by itself";
    }
    return Arrays.stream(values())
        .filter(known -> known.code == code)
        .map(known -> known.meaning)
        .findFirst()
        .orElse("a code that the document itself defines");
  }

  /** The row of a table: the code, what it means, the verdict. */
  String row() {
    return "| %d | %s | %s |".formatted(code, meaning, verdict);
  }
}
