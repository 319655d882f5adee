package dev.freezeframe.documents;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Appends numbered lines to a file, each on disk before the next, and notes when each was. */
final class Writer implements AutoCloseable {

  private final Acknowledged acknowledged = new Acknowledged();
  private final List<IOException> errors = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean stopped;

  Writer(Path file) {
    thread = new Thread(() -> write(file), "writer of " + file);
    thread.setDaemon(true);
    thread.start();
    acknowledged.awaitNext();
  }

  private void write(Path file) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int i = 0; !stopped; i++) {
        channel.write(ByteBuffer.wrap((i + "\n").getBytes(StandardCharsets.UTF_8)));
        channel.force(false);
        acknowledged.add(i, Instant.now());
      }
    } catch (IOException e) {
      errors.add(e);
    }
  }

  Acknowledged acknowledged() {
    return acknowledged;
  }

  List<IOException> errors() {
    return errors;
  }

  @Override
  public void close() {
    stopped = true;
    Shell.await("the writer ends", () -> !thread.isAlive());
  }
}
