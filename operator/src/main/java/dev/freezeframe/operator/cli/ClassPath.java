package dev.freezeframe.operator.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders and jars that a program runs on, in a clone that someone may build meanwhile: classes
 * that are not loaded yet are gone then, or of another build.
 *
 * @param since when the program started
 */
record ClassPath(List<Path> entries, Instant since) {

  /** That of this program. */
  static ClassPath ofProgram() {
    return new ClassPath(
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .toList(),
        ProcessHandle.current().info().startInstant().orElseGet(Instant::now));
  }

  /** Returns the first entry that was changed or went since the program started. */
  Optional<Path> changed() {
    return entries.stream().filter(this::changed).findFirst();
  }

  private boolean changed(Path entry) {
    if (!Files.exists(entry)) {
      return true;
    }
    try (Stream<Path> files = Files.walk(entry)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.getLastModifiedTime(file).toInstant().isAfter(since)) {
          return true;
        }
      }
      return false;
    } catch (IOException | UncheckedIOException goneMeanwhile) {
      return true;
    }
  }
}
