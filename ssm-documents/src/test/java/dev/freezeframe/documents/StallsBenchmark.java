package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * How long writers wait in normal runs of these documents and of earlier ones, one after the other
 * on the same machine, so that both meet the same load.
 *
 * <p>{@code mvn -pl ssm-documents -Dtest=StallsBenchmark -Dfreezeframe.earlierDocuments=FOLDER
 * test}, with the built documents of another version in that folder; {@code -Dfreezeframe.pairs=20}
 * runs so many of each.
 */
class StallsBenchmark {

  private static final int PAIRS = Integer.getInteger("freezeframe.pairs", 10);

  private final Path earlier = Path.of(System.getProperty("freezeframe.earlierDocuments", ""));

  @Test
  void ofFilesystem() throws IOException {
    for (String type : List.of("ext4", "xfs")) {
      try (Volume volume = new Volume(type)) {
        compare(
            type,
            SsmDocument.FILESYSTEM,
            () -> new Guest(SsmDocument.FILESYSTEM).with("mountPoints", volume.path()),
            guest -> {
              try (Writer writer = new Writer(volume.mountPoint().resolve("log"))) {
                return stall(guest, writer.acknowledged());
              }
            });
      }
    }
  }

  @Test
  void ofPostgresql() throws IOException {
    try (PostgreSql server = new PostgreSql()) {
      compare("database", SsmDocument.POSTGRESQL, server::guest, guest -> stall(guest, server));
    }
  }

  @Test
  void ofMysql() throws IOException {
    try (MariaDb server = new MariaDb()) {
      compare("database", SsmDocument.MYSQL, server::guest, guest -> stall(guest, server));
    }
  }

  private interface Run {
    Duration stall(Guest guest);
  }

  private void compare(String of, SsmDocument document, Supplier<Guest> guests, Run run)
      throws IOException {
    DocumentYaml before =
        DocumentYaml.of(Files.readString(earlier.resolve(document.fileName() + ".yaml")));
    List<Long> ours = new ArrayList<>();
    List<Long> theirs = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      try (Guest guest = guests.get().running(before)) {
        theirs.add(run.stall(guest).toMillis());
      }
      try (Guest guest = guests.get()) {
        ours.add(run.stall(guest).toMillis());
      }
    }
    System.out.printf(
        "%s %s: before %s, now %s%n", document.fileName(), of, summary(theirs), summary(ours));
  }

  private static String summary(List<Long> stalls) {
    Collections.sort(stalls);
    return "median %d ms, least %d, most %d"
        .formatted(stalls.get(stalls.size() / 2), stalls.get(0), stalls.get(stalls.size() - 1));
  }

  private static Duration stall(Guest guest, Database server) {
    try (SqlWriter writer = new SqlWriter(server)) {
      return stall(guest, writer.acknowledged());
    }
  }

  private static Duration stall(Guest guest, Acknowledged writes) {
    String execution = Guest.newExecution();
    Answer pre = guest.pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isZero();
    writes.awaitNext();
    return writes.longestStall();
  }
}
