package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.WholeFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a rehearsal leaves its result, and where the result is found again. */
final class OutFolder {
  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "the folder of run.json, report.html and evidence.md (default: target/rehearsal)")
  private Path out;

  Path run() {
    return folder().resolve("run.json");
  }

  Path page() {
    return folder().resolve("report.html");
  }

  /** Written where sets were drilled. */
  Path evidence() {
    return folder().resolve("evidence.md");
  }

  Path folder() {
    return out == null ? Root.find().resolve("target").resolve("rehearsal") : out;
  }

  /**
   * Refuses a folder before anything is rehearsed for it.
   *
   * @throws BadInputException if nothing can be written there
   */
  void refuseUnwritable() {
    WholeFile.refuseUnwritable("--out", run());
    WholeFile.refuseUnwritable("--out", page());
    WholeFile.refuseUnwritable("--out", evidence());
  }
}
