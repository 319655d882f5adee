package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.operator.cli.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a rehearsal leaves its result, and where the result is found again. */
final class OutFolder {
  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "the folder of run.json and report.html (default: target/rehearsal)")
  private Path out;

  Path run() {
    return folder().resolve("run.json");
  }

  Path page() {
    return folder().resolve("report.html");
  }

  private Path folder() {
    return out == null ? Root.find().resolve("target").resolve("rehearsal") : out;
  }

  /**
   * Refuses a folder before anything is rehearsed for it.
   *
   * @throws BadInputException if nothing can be written there
   */
  void refuseUnwritable() {
    Path folder = folder();
    for (Path part = folder.toAbsolutePath(); part != null; part = part.getParent()) {
      if (Files.isDirectory(part)) {
        if (!Files.isWritable(part)) {
          throw new BadInputException(
              "--out is %s, expected a folder that can be written".formatted(folder));
        }
        return;
      }
      if (Files.exists(part)) {
        throw new BadInputException(
            "--out is %s, expected a folder, found the file %s".formatted(folder, part));
      }
    }
  }
}
