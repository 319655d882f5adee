package dev.freezeframe.policy.reader;

import dev.freezeframe.input.TextFile;
import dev.freezeframe.input.UnreadableFileException;
import dev.freezeframe.policy.field.Violations;
import java.nio.file.Path;

/** Reads no more text than a policy can need. */
public final class PolicyText {

  /** In bytes of a file and in characters of a text: what Step Functions takes as input. */
  public static final int MAX_SIZE = 256 * 1024;

  private PolicyText() {}

  static String read(Path file, Violations faults) {
    try {
      return TextFile.read(file, MAX_SIZE);
    } catch (UnreadableFileException unreadable) {
      throw faults.unreadable(unreadable.getMessage(), "a policy of 256 KB at most");
    }
  }

  static void refuseTooLarge(int size, Violations faults) {
    if (size > MAX_SIZE) {
      throw faults.unreadable("larger than 256 KB", "256 KB at most");
    }
  }
}
