package dev.freezeframe.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that hold what is expected as a whole. */
final class Golden {
  private static final Path ROOT =
      Path.of(System.getProperty("freezeframe.root", Path.of("..").toAbsolutePath().toString()));

  private Golden() {}

  /** A file at or below the root of the repository. */
  static Path inRepository(String path) {
    return ROOT.resolve(path);
  }

  static List<String> lines(String name) {
    try {
      return Files.readAllLines(
          inRepository("app/src/test/resources/dev/freezeframe/policy").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
