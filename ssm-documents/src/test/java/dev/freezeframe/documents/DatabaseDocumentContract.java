package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the documents of both databases promise, on the real server with a client writing. */
abstract class DatabaseDocumentContract extends DatabaseFailureContract {

  /** The name of a table as statements have it. */
  abstract String table(String name);

  @Test
  void aServerStartsFromTheCopyWithEveryCommitAcknowledgedBefore() {
    String execution = Guest.newExecution();
    try (Guest guest = database().guest();
        SqlWriter first = new SqlWriter(database());
        SqlWriter second = new SqlWriter(database())) {
      StampShape.assertGolden(document(), "dry-run", guest.dryRun());
      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      StampShape.assertGolden(document(), "pre-script", pre);
      Volume.Copy copy = database().volume().copy();
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isZero();
      StampShape.assertGolden(document(), "post-script", post);
      for (SqlWriter writer : List.of(first, second)) {
        writer.acknowledged().awaitNext();
        assertThat(writer.complaint()).isEmpty();
        Figures.note(document(), "normal run", writer.acknowledged());
      }
      Stamp frozen = pre.stamp("frozen");
      assertPosition(frozen);
      assertThat(
              first.acknowledged().between(frozen.at().plusMillis(5), post.stamp("thawing").at()))
          .isZero();

      assertWhole(copy, first, second, frozen);
    }
  }

  private void assertWhole(Volume.Copy copy, SqlWriter first, SqlWriter second, Stamp frozen) {
    String ids =
        database()
            .askCopy(
                copy,
                "SELECT 'o', id FROM %s UNION ALL SELECT 'p', id FROM %s"
                    .formatted(table("orders"), table("payments")));
    Set<String> orders = rows(ids, 'o');
    assertThat(orders).isEqualTo(rows(ids, 'p'));
    for (SqlWriter writer : List.of(first, second)) {
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
      Guest.awaitWord(execution);
      Figures.note(document(), "203, a timer of 6 s", writer.acknowledged());
      assertThat(writer.acknowledged().longestStall()).isLessThan(Duration.ofSeconds(10));
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isEqualTo(203);
      StampShape.assertGolden(document(), "post-script", post);
    }
  }

  @Test
  void aSecondRunAndAStrangersPostScriptAreRefused() {
    String execution = Guest.newExecution();
    try (Guest guest = database().guest().with("autoThawSeconds", "60")) {
      assertThat(guest.pre(execution).exitCode()).isZero();
      for (String command : List.of("pre-script", "dry-run")) {
        Answer second = guest.run(command, Guest.newExecution());
        assertThat(second.exitCode()).as(second.output()).isEqualTo(204);
        StampShape.assertGolden(document(), command, second);
      }
      Answer stranger = guest.post(Guest.newExecution());
      assertThat(stranger.exitCode()).as(stranger.output()).isEqualTo(205);
      StampShape.assertGolden(document(), "post-script", stranger);
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
      for (String command : List.of("dry-run", "pre-script")) {
        Answer answer = guest.run(command, Guest.newExecution());
        assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
        assertThat(answer.causes()).contains("does not let us in");
        StampShape.assertGolden(document(), command, answer);
      }
    }
  }

  abstract void unreachable(Guest guest);

  /** Lets it give up early: a server whose file system another has frozen never comes to rest. */
  abstract Guest impatient(Guest guest);
}
