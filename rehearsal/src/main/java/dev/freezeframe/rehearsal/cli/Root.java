package dev.freezeframe.rehearsal.cli;

import java.nio.file.Path;

/** The repository, as {@code ./rehearse} says where it is. */
final class Root {
  private Root() {}

  static Path find() {
    String root = System.getProperty("freezeframe.root");
    if (root == null) {
      throw new IllegalStateException(
          "system property freezeframe.root: expected the repository, found none; run ./rehearse");
    }
    return Path.of(root);
  }
}
