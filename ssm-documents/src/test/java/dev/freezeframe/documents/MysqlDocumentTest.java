package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlDocumentTest extends DatabaseDocumentContract {

  private static MariaDb server;

  @BeforeAll
  static void start() {
    server = new MariaDb();
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
    return "mysql";
  }

  @Override
  String table(String name) {
    return "shop." + name;
  }

  @Override
  void assertPosition(Stamp frozen) {
    assertThat(frozen.values().get("binlog-file")).startsWith("binlog.");
    assertThat(frozen.values().get("binlog-position")).matches("[0-9]+");
    assertThat(frozen.values().get("gtid")).matches("0-1-[0-9]+");
  }

  @Override
  void unreachable(Guest guest) {
    Path file = guest.newFile("other.cnf");
    Shell.write(file, "[client]\nsocket=/run/no-such.sock\n");
    guest.with("optionFile", file.toString());
  }

  @Override
  Guest impatient(Guest guest) {
    return guest.with("lockWaitSeconds", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup-stage", "read-lock"})
  void aLongStatementMakesThePreScriptGiveUpAndLetGo(String lock) throws IOException {
    Process other =
        Shell.start(
            withStatement("LOCK TABLES shop.orders WRITE; SELECT SLEEP(600)"),
            Map.of(),
            Path.of("/dev/null"));
    try (Guest guest = server.guest().with("lock", lock).with("lockWaitSeconds", "2")) {
      Shell.await("the other holds its lock", () -> running("SELECT SLEEP(600)"));
      Answer pre = guest.pre(Guest.newExecution());
      assertThat(pre.exitCode()).as(pre.output()).isEqualTo(201);
      assertThat(pre.causes()).contains("Lock wait timeout exceeded");
      StampShape.assertGolden(SsmDocument.MYSQL, "pre-script", pre);
      assertThat(pre.events()).doesNotContain("freezing");
    } finally {
      other.destroyForcibly();
      Shell.await("the other is gone", () -> !running("SELECT SLEEP(600)") || kill());
    }
    try (SqlWriter writer = new SqlWriter(server)) {
      assertThat(writer.complaint()).isEmpty();
    }
  }

  @Test
  void readersGoOnWhileCommitsAreHeld() {
    String execution = Guest.newExecution();
    try (Guest guest = server.guest().with("autoThawSeconds", "60");
        SqlWriter writer = new SqlWriter(server)) {
      assertThat(guest.pre(execution).exitCode()).isZero();
      int before = writer.acknowledged().count();
      assertThat(server.ask("SELECT COUNT(*) > 0 FROM shop.orders").trim()).isEqualTo("1");
      assertThat(writer.acknowledged().count()).isLessThanOrEqualTo(before + 1);
      assertThat(guest.post(execution).exitCode()).isZero();
      writer.acknowledged().awaitNext();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"session", "session.client"})
  void aLockThatWasLostBeforeTheThawIsNoticed(String process) throws IOException {
    String execution = Guest.newExecution();
    try (Guest guest = server.guest().with("autoThawSeconds", "60")) {
      assertThat(guest.pre(execution).exitCode()).isZero();
      Path file = Guest.RUN.resolve(execution).resolve(process);
      Shell.must("kill", "-KILL", Files.readString(file).split(" ", -1)[0]);
      Shell.await("the server ends the session", () -> server.atEase());
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isEqualTo(203);
      assertThat(post.causes()).contains("the lock was lost");
    }
  }

  @Test
  void aLoginWithoutThePrivilegeIsFoundByADryRun() {
    try (Guest guest = server.guest()) {
      Path file = guest.newFile("plain.cnf");
      Shell.write(file, "!include " + server.optionFile() + "\n[client]\nuser=plain\npassword=p\n");
      Answer answer = guest.with("optionFile", file.toString()).dryRun();
      assertThat(answer.exitCode()).isEqualTo(206);
      assertThat(answer.causes()).contains("lacks the privilege RELOAD");
    }
  }

  @Test
  void theLoginComesFromSecretsManager() throws IOException {
    String execution = Guest.newExecution();
    String secret =
        "{\"engine\": \"mariadb\", \"tags\": {\"username\": \"other\"}, \"port\": 3306,"
            + " \"username\" : \"keeper\",\n \"password\":\"a\\\"b\\\\\\\\c\\u0023\"}";
    try (Guest guest = server.guest().with("secretId", "prod/mysql")) {
      Shell.write(guest.newFile("secret.json"), secret);
      guest.standIn(
          "aws",
          "echo \"$@\" >>'" + guest.newFile("calls") + "'",
          "cat '" + guest.newFile("secret.json") + "'");
      for (Answer answer : List.of(guest.dryRun(), guest.pre(execution), guest.post(execution))) {
        assertThat(answer.exitCode()).as(answer.output()).isZero();
      }
      assertThat(Files.readAllLines(guest.newFile("calls")))
          .hasSizeGreaterThanOrEqualTo(3)
          .allMatch(call -> call.contains("--secret-id prod/mysql --region eu-central-1"));
    }
  }

  private static List<String> withStatement(String statements) {
    List<String> line = new java.util.ArrayList<>(server.client());
    line.add("--execute=" + statements);
    return line;
  }

  private static boolean running(String statement) {
    return !server
        .ask("SELECT id FROM information_schema.PROCESSLIST WHERE info = '" + statement + "'")
        .isBlank();
  }

  private static boolean kill() {
    String id =
        server.ask(
            "SELECT id FROM information_schema.PROCESSLIST WHERE info = 'SELECT SLEEP(600)'");
    Shell.run(withStatement("KILL " + id.trim()), Map.of());
    return false;
  }
}
