package dev.freezeframe.operator.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freezeframe.operator.cli.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a page whole or not at all: what stood there before stays until the new one is complete.
 */
public final class PageFile {
  private PageFile() {}

  /**
   * Writes it, and the folder that it is to lie in.
   *
   * @throws BadInputException if it cannot be written there
   */
  public static void write(Path file, String page) {
    if (Files.isDirectory(file)) {
      throw new BadInputException(
          "%s is a folder, expected a file to write the page to".formatted(file));
    }
    Path beside = file.toAbsolutePath().resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(beside.getParent());
      try {
        Files.writeString(beside, page, UTF_8);
        Files.move(
            beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException unwritable) {
      throw new BadInputException(
          "%s could not be written: %s".formatted(file, unwritable.getMessage()));
    }
  }
}
