package dev.freezeframe.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A document that this project ships, whole, as SSM takes it. */
public enum SsmDocument {
  FILESYSTEM,
  SYNC,
  PATCH,
  POSTGRESQL,
  MYSQL,
  TEMPLATE,
  WINDOWS_VSS;

  /** The file's name without its ending, such as {@code windows-vss}. */
  public String fileName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The document's name in SSM. */
  public String ssmName() {
    return "freezeframe-" + fileName();
  }

  /** The document's YAML, its script in place. */
  public String content() {
    String resource = "/ssm-documents/" + fileName() + ".yaml";
    try (InputStream in = SsmDocument.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "no resource " + resource + ": the build of ssm-documents writes it");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
