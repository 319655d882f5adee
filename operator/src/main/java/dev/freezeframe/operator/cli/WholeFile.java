package dev.freezeframe.operator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a file whole or not at all: what stood there before stays until the new one is complete,
 * and nothing half written is left, be the program interrupted.
 */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes it, and the folder that it is to lie in.
   *
   * @param what in a word, such as "page"
   * @throws BadInputException if it cannot be written there
   */
  public static void write(Path file, String what, String text) {
    if (Files.isDirectory(file)) {
      throw new BadInputException(
          "%s is a folder, expected a file to write the %s to".formatted(file, what));
    }
    String name = "%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid());
    Path beside = file.toAbsolutePath().resolveSibling(name);
    beside.toFile().deleteOnExit();
    try {
      Files.createDirectories(beside.getParent());
      try {
        Files.writeString(beside, text, UTF_8);
        Files.move(
            beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException unwritable) {
      throw new BadInputException(
          "%s could not be written: %s".formatted(file, reason(unwritable)));
    }
  }

  /**
   * Tries whether a file could be written, before anything is done for it; leaves nothing behind.
   *
   * @param option that named it, or the folder that it is to lie in
   * @throws BadInputException if it cannot be written there
   */
  public static void refuseUnwritable(String option, Path file) {
    if (Files.isDirectory(file)) {
      throw new BadInputException(
          "%s leads to %s, expected a file to write to, found a folder".formatted(option, file));
    }
    Path there = file.toAbsolutePath().getParent();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null || !Files.isDirectory(there)) {
      throw new BadInputException(
          "%s leads to %s, expected a folder, found the file %s".formatted(option, file, there));
    }
    try {
      Files.delete(Files.createTempFile(there, ".freezeframe", ".part"));
    } catch (IOException unwritable) {
      throw new BadInputException(
          "%s leads to %s, expected a folder that can be written to, found %s: %s"
              .formatted(option, file, there, reason(unwritable)));
    }
  }

  private static String reason(IOException refused) {
    if (refused instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (refused instanceof NoSuchFileException) {
      return "no folder can be made there";
    }
    return refused instanceof FileSystemException told && told.getReason() != null
        ? told.getReason()
        : refused.getMessage();
  }
}
