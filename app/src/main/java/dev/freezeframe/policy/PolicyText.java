package dev.freezeframe.policy;

import dev.freezeframe.input.TextFile;
import dev.freezeframe.input.UnreadableFileException;
import java.nio.file.Path;

/** Reads no more text than a policy can need. */
final class PolicyText {

  /** In bytes of a file and in characters of a text: what Step Functions takes as input. */
  static final int LARGEST = 256 * 1024;

  private PolicyText() {}

  static String read(Path file, Faults faults) {
    try {
      return TextFile.read(file, LARGEST);
    } catch (UnreadableFileException unreadable) {
      throw faults.unreadable(unreadable.getMessage(), "a policy of 256 KB at most");
    }
  }

  static void refuseTooLarge(int size, Faults faults) {
    if (size > LARGEST) {
      throw faults.unreadable("larger than 256 KB", "256 KB at most");
    }
  }
}
