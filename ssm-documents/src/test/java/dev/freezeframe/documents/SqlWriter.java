package dev.freezeframe.documents;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that commits one small transaction after the other, each over two tables. */
final class SqlWriter implements AutoCloseable {

  private static final AtomicInteger NEXT = new AtomicInteger();

  private final Acknowledged acknowledged = new Acknowledged();
  private final Process client;
  private final Thread thread;
  private final String schema;
  private volatile boolean stopped;
  private volatile String complaint = "";

  SqlWriter(Database database) {
    schema = database instanceof MariaDb ? "shop." : "";
    try {
      client = new ProcessBuilder(database.client()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = new Thread(this::write, "SQL writer");
    thread.setDaemon(true);
    thread.start();
    acknowledged.awaitNext();
  }

  private void write() {
    try (Writer statements = client.outputWriter(StandardCharsets.UTF_8);
        var answers =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      while (!stopped) {
        int id = NEXT.incrementAndGet();
        statements.write(
            "BEGIN; INSERT INTO %sorders VALUES (%d); INSERT INTO %spayments VALUES (%d);"
                .formatted(schema, id, schema, id));
        statements.write(" COMMIT; SELECT %d;\n".formatted(id));
        statements.flush();
        String answer = answers.readLine();
        if (!Integer.toString(id).equals(answer)) {
          complaint = "wanted " + id + ", received " + answer;
          return;
        }
        acknowledged.add(id, Instant.now());
        Shell.pause(Duration.ofMillis(1)); // or the volume is full before the last kill
      }
    } catch (IOException e) {
      complaint = e.toString();
    }
  }

  Acknowledged acknowledged() {
    return acknowledged;
  }

  String complaint() {
    return complaint;
  }

  @Override
  public void close() {
    stopped = true;
    Shell.await("the writer ends", () -> !thread.isAlive());
    client.destroy();
  }
}
