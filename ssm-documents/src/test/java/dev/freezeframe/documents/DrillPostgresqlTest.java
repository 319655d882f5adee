package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drills of a real server with a tablespace on a second volume, frozen by our own document. */
class DrillPostgresqlTest {

  private static final String ROWS =
      "INSERT INTO archive SELECT i, now(), repeat('x', 200) FROM generate_series(1, 3000) i";

  private static PostgreSql server;
  private static Volume elsewhere;
  private DrillInstance instance;

  @BeforeAll
  static void start() {
    server = new PostgreSql();
    elsewhere = new Volume("ext4", "96M");
    server.tablespace("elsewhere", elsewhere);
    server.ask(
        "CREATE TABLE archive (id INT, at TIMESTAMPTZ, note TEXT) TABLESPACE elsewhere;"
            + "CREATE INDEX archive_id ON archive (id) TABLESPACE pg_default;"
            + ROWS);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      elsewhere.close();
    }
  }

  @BeforeEach
  void launch() {
    instance = new DrillInstance();
  }

  @AfterEach
  void terminate() {
    instance.close();
  }

  private static void held(Runnable during) {
    try (Guest guest = server.guest()) {
      guest.held(2, during);
    }
  }

  private void attachFrozen() {
    held(
        () -> {
          instance.attach(server.volume());
          instance.attach(elsewhere);
        });
  }

  private Guest guest() {
    return server.drill(instance);
  }

  @Test
  void aSetThatWasFrozenWhileClientsWrotePasses() {
    try (SqlWriter writer = new SqlWriter(server)) {
      writer.acknowledged().awaitNext();
      attachFrozen();
    }
    Guest guest =
        guest()
            .with("newest", "postgres.public.archive.at")
            .with(
                "query",
                DrillInstance.base64("SELECT count(*) = 3000 FROM archive WHERE note LIKE 'x%'"))
            .with("spreadSeconds", "0");
    StampShape.assertGolden(SsmDocument.DRILL_POSTGRESQL, "dry-run", instance.dryRun(guest));
    Answer answer = instance.ends(0, guest);
    assertThat(answer.stamp("started").values().get("server")).startsWith("PostgreSQL 18");
    assertThat(answer.stamps())
        .filteredOn(stamp -> stamp.event().equals("rows"))
        .extracting(stamp -> stamp.values().get("table"))
        .containsExactlyInAnyOrder(
            "postgres.public.archive", "postgres.public.orders", "postgres.public.payments");
    assertThat(answer.stamp("query").values()).containsEntry("answer", "t");
    assertThat(answer.events())
        .containsSubsequence(
            "assembled",
            "mounted",
            "checked",
            "started",
            "rows",
            "newest",
            "query",
            "stopped",
            "validated");
  }

  @Test
  void aTablespaceThatIsOnNoMemberIsNamed() {
    held(() -> instance.attach(server.volume()));
    Answer answer = instance.ends(215, guest());
    assertThat(answer.causes()).contains("pg_tblspc/").contains("it is on no member");
  }

  @Test
  void aTablespaceOfAnEarlierTimeDisagreesWithItsIndexes() {
    held(() -> instance.attach(elsewhere));
    server.ask(ROWS.replace("INTO archive", "INTO archive /* again */"));
    try {
      held(() -> instance.attach(server.volume()));
    } finally {
      server.ask(
          "DELETE FROM archive WHERE ctid NOT IN (SELECT min(ctid) FROM archive GROUP BY id)");
      server.ask("VACUUM archive");
    }
    Answer answer = instance.ends(216, guest());
    assertThat(answer.causes()).contains("could not read blocks").contains("pg_tblspc/");
  }

  /** Changes a copy before it is attached. */
  private void attachChanged(String command) {
    Path[] copy = new Path[1];
    held(
        () -> {
          copy[0] = instance.copy(server.volume());
          instance.attach(elsewhere);
        });
    instance.namespace.must("mkdir", "-p", "/run/changed");
    instance.namespace.must("mount", "-o", "nouuid,loop", copy[0].toString(), "/run/changed");
    instance.namespace.must("sh", "-ec", "cd '/run/changed/pg data' && " + command);
    instance.namespace.must("umount", "/run/changed");
    instance.attach(copy[0]);
  }

  @Test
  void aTableThatLostItsEndIsFound() {
    server.ask(
        "CREATE TABLE ledger AS SELECT i id, repeat('y', 500) note FROM generate_series(1, 500) i;"
            + "ALTER TABLE ledger ADD PRIMARY KEY (id)");
    try {
      String file = server.ask("SELECT pg_relation_filepath('ledger')").trim();
      attachChanged("truncate -s 65536 " + file);
      Answer answer = instance.ends(216, guest());
      assertThat(answer.causes()).contains("postgres.public.ledger");
    } finally {
      server.ask("DROP TABLE ledger");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dd if=/dev/zero of=global/pg_control bs=512 count=1 conv=notrunc",
        "rm -r pg_wal/0*",
        "rm PG_VERSION",
        "echo 12 >PG_VERSION"
      })
  void aServerThatDoesNotStartIsNotPassed(String damage) {
    attachChanged(damage);
    instance.ends(215, guest());
  }

  @Test
  void whatTheDataDirectoryConfiguresIsNotDone() {
    attachChanged(
        "touch standby.signal recovery.signal && printf '%s\\n"
            + "' \"archive_mode = on\" \"archive_command = 'touch /tmp/archived'\""
            + " \"primary_conninfo = 'host=127.0.0.1'\" \"shared_preload_libraries = 'none_such'\""
            + " \"restore_command = 'false'\" \"listen_addresses = '*'\" >>postgresql.auto.conf &&"
            + " cat postgresql.auto.conf >>postgresql.conf");
    Answer answer = instance.ends(0, guest());
    assertThat(answer.events()).contains("validated");
    assertThat(Path.of("/tmp/archived")).doesNotExist();
  }

  @Test
  void noPacketLeavesByTheServersHand() throws IOException {
    attachFrozen();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listener.setSoTimeout(200);
      String copy =
          "COPY (SELECT 1) TO PROGRAM 'bash -c \"exec 3<>/dev/tcp/127.0.0.1/%d\"'"
              .formatted(listener.getLocalPort());
      Answer answer = instance.ends(216, guest().with("query", DrillInstance.base64(copy)));
      assertThat(answer.causes()).contains("the query failed");
      assertThat(org.assertj.core.api.Assertions.catchThrowable(listener::accept))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void whatTheUserAsksForDecides() {
    attachFrozen();
    assertThat(
            instance
                .ends(
                    216,
                    guest()
                        .with("query", DrillInstance.base64("SELECT count(*) > 9000 FROM archive")))
                .causes())
        .contains("the query answers 'f'");
    assertThat(
            instance.ends(216, guest().with("newest", "postgres.public.archive.nothing")).causes())
        .contains("does not exist");
    instance.program(
        "check",
        "psql -h \"$FREEZEFRAME_SOCKET\" -p 5433 -U nobody -Atc 'SELECT 1' postgres",
        "exit 5");
    Answer script = instance.ends(216, guest().with("script", "check"));
    assertThat(script.causes()).contains("check ended with 5: 1");
    Answer command =
        instance.dryRun(guest().with("query", DrillInstance.base64("  \\! touch /tmp/made")));
    assertThat(command.exitCode()).isEqualTo(206);
    assertThat(command.causes()).contains("query starts with a backslash");
  }

  @Test
  void aValidationMayDieAnywhere() {
    attachFrozen();
    assertThat(new DrillKillTrial(instance, this::guest, 40).workers()).isGreaterThan(40);
    assertThat(new DrillKillTrial(instance, this::guest, 40).documents()).isGreaterThan(40);
  }

  @Test
  void membersWithoutADataDirectoryAreNothingToCheck() {
    held(() -> List.of(elsewhere).forEach(instance::attach));
    assertThat(instance.ends(217, guest()).causes()).contains("no member has a data directory");
  }
}
