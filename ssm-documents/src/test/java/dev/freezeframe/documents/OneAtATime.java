package dev.freezeframe.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Two builds that share a {@code /run} would see each other's freeze: the second waits for the
 * first. {@code src/test/bin/java} gives each JVM one of its own.
 */
final class OneAtATime {

  private static final Path FILE = folder().resolve("freezeframe-documents-tests.lock");
  private static final FileLock LOCK = lock();

  private OneAtATime() {}

  private static Path folder() {
    Path run = Guest.RUN.getParent();
    return Files.isWritable(run) ? run : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static FileLock lock() {
    try {
      return FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.WRITE).lock();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns once this machine is ours; the end of the process gives it back. */
  static void hold() {
    if (!LOCK.isValid()) {
      throw new IllegalStateException("the lock on " + FILE + " is gone");
    }
  }
}
