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

  @Test
  void theOwnerOfADatabaseDoesNotBecomeSuperuserThroughADryRun() {
    server.ask("CREATE ROLE tenant LOGIN");
    server.ask("CREATE DATABASE tenants OWNER tenant");
    try (Guest guest = server.guest().with("database", "tenants")) {
      server.askIn(
          "tenants",
          "SET ROLE tenant; CREATE SCHEMA evil; GRANT USAGE ON SCHEMA evil TO PUBLIC;"
              + function("pg_has_role(name, oid, text)", "boolean", "SELECT true")
              + function("pg_is_in_recovery()", "boolean", "SELECT false")
              + function("bool_or_eq(name, text)", "boolean", "SELECT true")
              + "CREATE OPERATOR evil.= (LEFTARG = name, RIGHTARG = text,"
              + " FUNCTION = evil.bool_or_eq);"
              + "ALTER DATABASE tenants SET search_path = evil, pg_catalog");
      guest.dryRun();
      assertThat(superuser("tenant")).as("after the dry run").isFalse();
      server.askIn("tenants", "ALTER DATABASE tenants SET client_min_messages = debug5");
      assertThat(guest.dryRun().exitCode()).isZero();
      String execution = Guest.newExecution();
      assertThat(guest.pre(execution).exitCode()).isZero();
      assertThat(guest.post(execution).exitCode()).isZero();
      assertThat(superuser("tenant")).as("after a freeze").isFalse();
    } finally {
      server.ask("DROP DATABASE tenants");
      server.ask("DROP ROLE tenant");
    }
  }

  private static boolean superuser(String role) {
    return server
        .ask("SELECT rolsuper FROM pg_roles WHERE rolname = '" + role + "'")
        .trim()
        .equals("t");
  }

  /** A function of the tenant's that takes what it can get whenever a superuser calls it. */
  private static String function(String signature, String type, String answer) {
    return ("CREATE FUNCTION evil.%s RETURNS %s LANGUAGE plpgsql AS $$ BEGIN"
            + " IF (SELECT rolsuper FROM pg_catalog.pg_roles"
            + " WHERE rolname OPERATOR(pg_catalog.=) current_user) THEN"
            + " ALTER ROLE tenant SUPERUSER; END IF; RETURN (%s); END $$;")
        .formatted(signature, type, answer);
  }

  @Test
  void theOwnerOfADatabaseCannotMakeTheLoginAnotherRole() {
    server.ask("CREATE DATABASE tenants");
    server.ask("ALTER DATABASE tenants SET role = 'plain'");
    try (Guest guest = server.guest().with("database", "tenants")) {
      Answer answer = guest.dryRun();
      assertThat(answer.exitCode()).as(answer.output()).isZero();
    } finally {
      server.ask("ALTER DATABASE tenants RESET role");
      server.ask("DROP DATABASE tenants");
    }
  }

  @Test
  void aServerThatRunsAsSomebodyElseIsNotBelieved() {
    try (Guest guest = server.guest().with("osUser", "daemon")) {
      Answer answer = guest.dryRun();
      assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
      assertThat(answer.causes()).contains("requirepeer");
    }
  }

  @Test
  void aLinkInTheDataDirectoryFreezesNothingThatItsUserDoesNotOwn() {
    String name = "16999";
    try (Volume other = new Volume("ext4", "64M");
        Guest guest = server.guest()) {
      String before = guest.dryRun().stamp("dry-run-ok").values().get("mounts");
      server.link(name, other.mountPoint());
      assertThat(guest.dryRun().stamp("dry-run-ok").values().get("mounts")).isEqualTo(before);
      Shell.must("chown", PostgreSql.USER, other.path());
      Shell.must("chmod", "755", other.mountPoint().getParent().toString());
      assertThat(guest.dryRun().stamp("dry-run-ok").values().get("mounts")).isEqualTo("2");
    } finally {
      server.unlink(name);
    }
  }
}
