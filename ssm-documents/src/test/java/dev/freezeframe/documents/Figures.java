package dev.freezeframe.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes down how long writers stalled, for the table in docs/ssm-documents.md. */
final class Figures {

  private static final Path FILE = Path.of("target", "stalls.txt");

  private Figures() {}

  static void note(String document, String what, Acknowledged writes) {
    String line = "%s, %s: %d ms%n".formatted(document, what, writes.longestStall().toMillis());
    try {
      Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
