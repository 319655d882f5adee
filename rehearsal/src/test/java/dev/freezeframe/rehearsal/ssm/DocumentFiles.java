package dev.freezeframe.rehearsal.ssm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The documents of the tests. */
public final class DocumentFiles {
  private DocumentFiles() {}

  /** By name: {@code dlm-template}, {@code freezing} and {@code foreign-freezing}. */
  public static Map<String, String> all() {
    return Map.of(
        "dlm-template", content("dlm-template"),
        "freezing", content("freezing"),
        "foreign-freezing", content("foreign-freezing"));
  }

  public static String content(String name) {
    try (InputStream file =
        DocumentFiles.class.getResourceAsStream("/documents/" + name + ".yaml")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
