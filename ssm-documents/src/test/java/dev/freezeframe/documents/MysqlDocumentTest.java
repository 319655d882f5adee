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
      // On a busy machine the script's patience, a second longer, is over before the server tells.
      assertThat(pre.causes())
          .containsAnyOf("Lock wait timeout exceeded", "the lock was not to be had within 2 s");
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

  /** As it happens on a busy machine, where a process is stopped in the middle of a line. */
  @Test
  void anAnswerThatComesInPiecesIsTakenWhole() {
    String execution = Guest.newExecution();
    try (Guest guest = server.guest().with("autoThawSeconds", "60")) {
      String client = server.client().get(0);
      guest.standIn(
          "mariadb",
          "[[ \" $* \" != *' --execute='* ]] || exec '" + client + "' \"$@\"",
          "'" + client + "' \"$@\" | while IFS= read -r line; do",
          "  printf '%s' \"${line:0:5}\"; sleep 0.5; printf '%s\\n' \"${line:5}\"",
          "done");
      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isZero();
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"username\":\"keeper\",\"password\":\"x\\\"\\n[mariadb-client]\\nhost=attacker\"}",
        "{\"username\":\"keeper\\nplugin-dir=/tmp/evil\",\"password\":\"x\"}",
        "{\"username\":\"keeper\",\"password\":\"ends with a break\\n\"}",
        "{\"username\":\"keeper\",\"password\":\"a\\u001bb\"}"
      })
  void aSecretWithControlCharactersIsRefused(String secret) {
    try (Guest guest = server.guest().with("secretId", "prod/mysql")) {
      Shell.write(guest.newFile("secret.json"), secret);
      guest.standIn("aws", "cat '" + guest.newFile("secret.json") + "'");
      for (String command : List.of("dry-run", "pre-script")) {
        Answer answer = guest.run(command, Guest.newExecution());
        assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
        assertThat(answer.causes()).contains("has a control character");
        assertThat(answer.output()).doesNotContain("attacker").doesNotContain("evil");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"chmod 664", "chmod 646", "chown nobody"})
  void anOptionFileThatOthersCanWriteIsRefused(String change) {
    try (Guest guest = server.guest()) {
      Path file = guest.newFile("mine.cnf");
      Shell.write(file, "!include " + server.optionFile() + "\n");
      guest.with("optionFile", file.toString());
      assertThat(guest.dryRun().exitCode()).isZero();
      String[] words = change.split(" ", -1);
      Shell.must(words[0], words[1], file.toString());
      Answer answer = guest.dryRun();
      assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
      assertThat(answer.causes()).contains("is not root's alone to write");
    }
  }

  /** The client's command line as the document builds it, with a statement that asks for a file. */
  @Test
  void aServerGetsNoFileThatItAsksFor() throws IOException {
    try (Guest guest = server.guest()) {
      Path file = guest.newFile("mine.cnf");
      Shell.write(file, "!include " + server.optionFile() + "\n[client]\nlocal-infile=1\n");
      guest.with("optionFile", file.toString());
      String client = server.client().get(0);
      guest.standIn(
          "mariadb",
          "options=()",
          "for option; do case $option in",
          "  --execute=*) options+=(\"--execute=LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE"
              + " shop.orders (@line) SET id = 100000 + RAND() * 100000\") ;;",
          "  *) options+=(\"$option\") ;; esac; done",
          "'" + client + "' \"${options[@]}\" >>'" + guest.newFile("answers") + "' 2>&1",
          "exec '" + client + "' \"$@\"");
      assertThat(guest.dryRun().exitCode()).isZero();
      assertThat(Files.readAllLines(guest.newFile("answers")))
          .filteredOn(line -> line.startsWith("ERROR"))
          .isNotEmpty()
          .allMatch(line -> line.contains("The used command is not allowed"));
      assertThat(server.ask("SELECT COUNT(*) FROM shop.orders WHERE id >= 100000").trim())
          .isEqualTo("0");
    }
  }

  @Test
  void whatTheServersUserPutsIntoTheDataDirectoryIsReadWithItsRightsAlone() {
    try (Volume data = new Volume("ext4", "64M");
        Volume other = new Volume("xfs", "400M");
        Guest guest = new Guest(SsmDocument.MYSQL)) {
      Path shop = data.mountPoint().resolve("data/shop");
      Path secret = guest.newFile("secret");
      Shell.write(secret, "/a-line-of-roots\n");
      Shell.must("mkdir", "-p", shop.toString());
      Shell.must("ln", "-s", secret.toString(), shop + "/secret.isl");
      Shell.must("mkfifo", shop + "/pipe.isl");
      Shell.must("ln", "-s", other.path(), shop + "/others");
      Shell.must("chown", "-Rh", "nobody", shop.getParent().toString());
      for (Volume volume : List.of(data, other)) {
        Shell.must("chmod", "755", volume.mountPoint().getParent().toString());
      }
      guest.standIn(
          "mariadb",
          "case \"$*\" in",
          "  *VERSION*) echo 11.4.5-MariaDB ;;",
          "  *GRANTS*) echo \"GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost'\" ;;",
          "  *VARIABLES*) printf 'datadir\\t%s/\\n' '" + shop.getParent() + "' ;;",
          "esac");
      Answer answer = guest.dryRun();
      assertThat(answer.exitCode()).as(answer.output()).isZero();
      assertThat(answer.stamp("dry-run-ok").values().get("mounts")).isEqualTo("1");
      assertThat(answer.output()).doesNotContain("a-line-of-roots");

      Shell.must("mkdir", other.path() + "/table");
      Shell.must("chown", "nobody", other.path() + "/table");
      Shell.write(shop.resolve("far.isl"), other.path() + "/table");
      Shell.must("chown", "nobody", shop + "/far.isl");
      assertThat(guest.dryRun().stamp("dry-run-ok").values().get("mounts")).isEqualTo("2");
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
