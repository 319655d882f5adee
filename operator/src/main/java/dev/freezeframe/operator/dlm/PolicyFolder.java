package dev.freezeframe.operator.dlm;

import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.WholeFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where converted policies are written to: all of them or none, and none over another file. */
record PolicyFolder(Path folder) {

  /**
   * Writes each policy into a file of its own.
   *
   * @return the files
   * @throws BadInputException if one is there already, or the folder cannot be written to
   */
  List<Path> write(List<ConvertedPolicy> policies) {
    refuseWhatIsThere(policies);
    List<Path> written = new ArrayList<>();
    try {
      for (ConvertedPolicy policy : policies) {
        Path file = folder.resolve(policy.fileName());
        WholeFile.write(file, "policy", policy.yaml());
        written.add(file);
      }
      return written;
    } catch (BadInputException refused) {
      written.forEach(file -> file.toFile().delete());
      throw new BadInputException(
          "--out is %s, expected a folder that can be written to, found: %s"
              .formatted(folder, refused.getMessage()));
    }
  }

  private void refuseWhatIsThere(List<ConvertedPolicy> policies) {
    for (ConvertedPolicy policy : policies) {
      Path file = folder.resolve(policy.fileName());
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new BadInputException(
            "%s is there already, expected none: nothing was written".formatted(file));
      }
    }
  }
}
