package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresqlDocumentTest extends DatabaseDocumentContract {

  private static PostgreSql server;

  @BeforeAll
  static void start() {
    server = new PostgreSql();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  Database database() {
    return server;
  }

  @Override
  String document() {
    return "postgresql";
  }

  @Override
  String table(String name) {
    return name;
  }

  @Override
  void assertPosition(Stamp frozen) {
    assertThat(frozen.values().get("lsn")).matches("[0-9A-F]+/[0-9A-F]+");
  }

  @Override
  void unreachable(Guest guest) {
    guest.with("host", "/run/no-such-directory");
  }

  @Override
  Guest impatient(Guest guest) {
    return guest.with("checkpointSeconds", "2");
  }

  @Test
  void aCheckpointThatDoesNotEndMakesThePreScriptGiveUp() {
    String checkpointer = Long.toString(server.checkpointer());
    Shell.must("kill", "-STOP", checkpointer);
    try (Guest guest = server.guest().with("checkpointSeconds", "3");
        SqlWriter writer = new SqlWriter(server)) {
      Answer pre = guest.pre(Guest.newExecution());
      assertThat(pre.exitCode()).as(pre.output()).isEqualTo(201);
      assertThat(pre.causes()).contains("no checkpoint within 3 s");
      StampShape.assertGolden(SsmDocument.POSTGRESQL, "pre-script", pre);
      assertThat(pre.events()).doesNotContain("freezing");
      writer.acknowledged().awaitNext();
      Figures.note("postgresql", "201, the checkpoint does not end", writer.acknowledged());
    } finally {
      Shell.must("kill", "-CONT", checkpointer);
    }
  }

  @Test
  void aLoginThatMayNotCheckpointIsFoundByADryRun() {
    try (Guest guest = withSecret("{\"username\":\"plain\",\"password\":\"any\"}")) {
      Answer answer = guest.dryRun();
      assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
      assertThat(answer.causes()).contains("may not CHECKPOINT").contains("pg_read_all_settings");
    }
  }

  @Test
  void theLoginComesFromSecretsManager() {
    String execution = Guest.newExecution();
    try (Guest guest = withSecret("{\"username\":\"keeper\",\"password\":\"a\\\"b c\"}")) {
      for (Answer answer : List.of(guest.dryRun(), guest.pre(execution), guest.post(execution))) {
        assertThat(answer.exitCode()).as(answer.output()).isZero();
      }
    }
  }

  private static Guest withSecret(String secret) {
    Guest guest = server.guest().with("secretId", "prod/pg");
    Shell.write(guest.newFile("secret.json"), secret);
    return guest.standIn("aws", "cat '" + guest.newFile("secret.json") + "'");
  }
}
