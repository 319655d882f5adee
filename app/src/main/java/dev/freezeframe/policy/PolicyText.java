package dev.freezeframe.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file as text: UTF-8, and no more than a policy can need. */
final class PolicyText {

  /** In bytes of a file and in characters of a text: what Step Functions takes as input. */
  static final int LARGEST = 256 * 1024;

  private PolicyText() {}

  static String read(Path file, Faults faults) {
    if (Files.notExists(file)) {
      throw faults.unreadable("missing", "a policy");
    }
    if (Files.isDirectory(file)) {
      throw faults.unreadable("a directory", "a policy");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(LARGEST + 1);
      return decode(bytes, faults);
    } catch (IOException unreadable) {
      throw faults.unreadable("not readable", "a policy");
    }
  }

  private static String decode(byte[] bytes, Faults faults) {
    refuseTooLarge(bytes.length, faults);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw faults.unreadable("not UTF-8", "a text in UTF-8");
    }
  }

  static void refuseTooLarge(int size, Faults faults) {
    if (size > LARGEST) {
      throw faults.unreadable("larger than 256 KB", "256 KB at most");
    }
  }
}
