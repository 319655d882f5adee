package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the documents of both databases promise, on the real server with a client writing. */
abstract class DatabaseDocumentContract {

  abstract Database database();

  abstract String document();

  /** The name of a table as statements have it. */
  abstract String table(String name);

  @AfterEach
  void nothingIsLeft() {
    boolean thawed = database().volume().thaw();
    assertThat(thawed).as("the test left it frozen").isFalse();
    assertThat(Guest.leftovers()).isEmpty();
    Shell.await("the server is left alone", () -> database().atEase());
  }

  @Test
  void aServerStartsFromTheCopyWithEveryCommitAcknowledgedBefore() {
    String execution = Guest.newExecution();
    try (Guest guest = database().guest();
        SqlWriter first = new SqlWriter(database());
        SqlWriter second = new SqlWriter(database())) {
      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      Volume.Copy copy = database().volume().copy();
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isZero();
      for (SqlWriter writer : java.util.List.of(first, second)) {
        writer.acknowledged().awaitNext();
        assertThat(writer.complaint()).isEmpty();
        Figures.note(document(), "normal run", writer.acknowledged());
      }
      Stamp frozen = pre.stamp("frozen");
      assertPosition(frozen);
      assertThat(
              first.acknowledged().between(frozen.at().plusMillis(5), post.stamp("thawing").at()))
          .isZero();

      Answer check = copy.check();
      assertThat(check.exitCode()).as(check.output()).isZero();
      copy.mounted(folder -> assertWhole(folder, first, second, frozen));
    }
  }

  private void assertWhole(Path folder, SqlWriter first, SqlWriter second, Stamp frozen) {
    String ids =
        database()
            .askCopy(
                folder,
                "SELECT 'o', id FROM %s UNION ALL SELECT 'p', id FROM %s"
                    .formatted(table("orders"), table("payments")));
    Set<String> orders = rows(ids, 'o');
    assertThat(orders).isEqualTo(rows(ids, 'p'));
    for (SqlWriter writer : java.util.List.of(first, second)) {
      assertThat(writer.acknowledged().before(frozen.at())).isNotEmpty();
      assertThat(orders)
          .containsAll(
              writer.acknowledged().before(frozen.at()).stream().map(i -> "" + i).toList());
    }
  }

  private static Set<String> rows(String answer, char table) {
    return answer
        .lines()
        .filter(line -> line.charAt(0) == table)
        .map(line -> line.substring(2))
        .collect(Collectors.toSet());
  }

  abstract void assertPosition(Stamp frozen);

  @Test
  void theTimerThawsAndLetsGo() {
    String execution = Guest.newExecution();
    try (Guest guest = database().guest().with("autoThawSeconds", "6");
        SqlWriter writer = new SqlWriter(database())) {
      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      writer.acknowledged().awaitNext();
      assertThat(writer.complaint()).isEmpty();
      assertThat(database().volume().frozen()).isFalse();
      Shell.await("the server is left alone", () -> database().atEase());
      Figures.note(document(), "203, a timer of 6 s", writer.acknowledged());
      assertThat(writer.acknowledged().longestStall()).isLessThan(Duration.ofSeconds(10));
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isEqualTo(203);
      assertThat(post.events()).startsWith("auto-thawed");
    }
  }

  @Test
  void aSecondRunAndAStrangersPostScriptAreRefused() {
    String execution = Guest.newExecution();
    try (Guest guest = database().guest().with("autoThawSeconds", "60")) {
      assertThat(guest.pre(execution).exitCode()).isZero();
      assertThat(guest.pre(Guest.newExecution()).exitCode()).isEqualTo(204);
      assertThat(guest.post(Guest.newExecution()).exitCode()).isEqualTo(205);
      assertThat(database().volume().frozen()).isTrue();
      assertThat(guest.post(execution).exitCode()).isZero();
    }
  }

  @Test
  void aMountThatFailsToFreezeLeavesNothingHeld() {
    try (Guest guest = impatient(database().guest());
        SqlWriter writer = new SqlWriter(database())) {
      String path = database().volume().path();
      guest.standIn("sync", "/bin/sync \"$@\"; fsfreeze --freeze '" + path + "'");
      Answer pre = guest.pre(Guest.newExecution());
      assertThat(database().volume().thaw()).as("the other's freeze is left to them").isTrue();
      assertThat(pre.exitCode()).as(pre.output()).isEqualTo(201);
      writer.acknowledged().awaitNext();
      assertThat(writer.complaint()).isEmpty();
    }
  }

  @Test
  void aDryRunFindsADatabaseThatDoesNotAnswer() {
    try (Guest guest = database().guest()) {
      unreachable(guest);
      for (Answer answer : java.util.List.of(guest.dryRun(), guest.pre(Guest.newExecution()))) {
        assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
        assertThat(answer.causes()).contains("does not let us in");
      }
    }
  }

  abstract void unreachable(Guest guest);

  /** Lets it give up early: a server whose file system another has frozen never comes to rest. */
  abstract Guest impatient(Guest guest);

  @Test
  void aPreScriptMayDieAnywhere() {
    try (SqlWriter writer = new SqlWriter(database())) {
      assertThat(kills(writer, 6).preScripts()).isGreaterThan(15);
      assertThat(writer.complaint()).isEmpty();
    }
  }

  @Test
  void aPostScriptMayDieAnywhere() {
    try (SqlWriter writer = new SqlWriter(database())) {
      assertThat(kills(writer, 6).postScripts()).isGreaterThan(8);
      assertThat(writer.complaint()).isEmpty();
    }
  }

  private KillTrial kills(SqlWriter writer, int stride) {
    return new KillTrial(
        () -> database().guest(),
        () -> {
          writer.acknowledged().awaitNext();
          return !database().atEase() || database().volume().frozen();
        },
        stride);
  }
}
