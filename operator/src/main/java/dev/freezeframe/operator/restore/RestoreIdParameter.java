package dev.freezeframe.operator.restore;

import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.restore.RestoreId;
import picocli.CommandLine.Parameters;

/** Which restore is meant. */
final class RestoreIdParameter {
  @Parameters(
      paramLabel = "ID",
      description = "a restore, such as restore-20261128T153000Z-1a2b3c4d")
  private String id;

  RestoreId id() {
    try {
      return new RestoreId(id);
    } catch (IllegalArgumentException malformed) {
      throw new BadInputException(malformed.getMessage());
    }
  }
}
