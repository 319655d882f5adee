package dev.freezeframe.rehearsal.states;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the repository is, whose {@code node_modules} holds the interpreter. */
final class RepositoryRoot {
  private static final String PROPERTY = "freezeframe.root";

  private RepositoryRoot() {}

  /** What the system property says, else the nearest folder upwards that is a repository's root. */
  static Path find() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Path.of(named);
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(".mvn").resolve("node-tools"))) {
        return folder;
      }
    }
    throw new IllegalStateException(
        "expected to run inside the repository, found %s; start there or set -D%s=FOLDER"
            .formatted(start, PROPERTY));
  }
}
