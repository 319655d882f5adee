package dev.freezeframe.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Two builds on one machine would see each other's freeze: the second waits for the first. */
final class OneAtATime {

  private static final Path FILE =
      Path.of(System.getProperty("java.io.tmpdir"), "freezeframe-documents-tests.lock");
  private static final FileLock LOCK = lock();

  private OneAtATime() {}

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
