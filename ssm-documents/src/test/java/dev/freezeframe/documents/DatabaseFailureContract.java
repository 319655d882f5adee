package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong around a real server leaves it neither frozen nor locked. */
abstract class DatabaseFailureContract {

  abstract Database database();

  abstract String document();

  @AfterEach
  void nothingIsLeft() {
    boolean thawed = database().volume().thaw();
    assertThat(thawed).as("the test left it frozen").isFalse();
    assertThat(Guest.leftovers()).isEmpty();
    Shell.await("the server is left alone", () -> database().atEase());
  }

  private Guest patient() {
    return database().guest().with("autoThawSeconds", "90");
  }

  private void assertGoesOn(SqlWriter writer, String after) {
    writer.acknowledged().awaitNext();
    assertThat(writer.complaint()).isEmpty();
    Figures.note(document(), after, writer.acknowledged());
  }

  @Test
  void ofTwoRunsThatStartAtOnceOneFreezes() throws InterruptedException {
    List<String> executions = List.of(Guest.newExecution(), Guest.newExecution());
    try (Guest guest = patient()) {
      List<Process> processes =
          executions.stream()
              .map(id -> guest.start("pre-script", id, guest.newFile(id + ".txt")))
              .toList();
      for (Process process : processes) {
        process.waitFor();
      }
      assertThat(processes.stream().map(Process::exitValue)).containsExactlyInAnyOrder(0, 204);
      String winner = executions.get(processes.get(0).exitValue() == 0 ? 0 : 1);
      assertThat(guest.post(winner).exitCode()).isZero();
    }
  }

  @Test
  void aPostScriptAloneTouchesNothing() {
    try (Guest guest = database().guest().with("autoThawSeconds", "1");
        SqlWriter writer = new SqlWriter(database())) {
      Answer post = guest.post(Guest.newExecution());
      assertThat(post.exitCode()).as(post.output()).isEqualTo(205);
      assertThat(post.causes()).contains("no pre-script of this run");
      assertGoesOn(writer, "205, a post-script alone");
    }
  }

  @Test
  void aFullRunIsFoundBeforeAnythingIsTouched() {
    try (Namespace namespace = new Namespace("600k");
        Guest guest = patient().in(namespace)) {
      namespace.run("sh", "-c", "cat /dev/zero >/run/ballast 2>/dev/null");
      for (Answer answer : List.of(guest.dryRun(), guest.pre(Guest.newExecution()))) {
        assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
        assertThat(answer.causes()).containsAnyOf("/run has", "cannot be made");
      }
      assertThat(database().volume().frozen()).isFalse();
    }
  }

  @Test
  void aRunFilledWhileTheServerIsHeldKeepsNothingHeld() {
    String execution = Guest.newExecution();
    try (Namespace namespace = new Namespace("2m");
        Guest guest = patient().in(namespace);
        SqlWriter writer = new SqlWriter(database())) {
      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      namespace.run("sh", "-c", "cat /dev/zero >/run/ballast 2>/dev/null");
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isZero();
      assertThat(namespace.must("ls", "/run").trim()).isEqualTo("ballast");
      assertGoesOn(writer, "a full /run while frozen");
    }
  }

  @Test
  void aMountThatVanishedWhileFrozenIsThawedAllTheSame() {
    String execution = Guest.newExecution();
    try (Guest guest = patient();
        SqlWriter writer = new SqlWriter(database())) {
      assertThat(guest.pre(execution).exitCode()).isZero();
      Shell.must("umount", "--lazy", database().volume().path());
      Answer post = guest.post(execution);
      database().volume().mount();
      assertThat(post.exitCode()).as(post.output()).isZero();
      assertGoesOn(writer, "a mount that vanished while frozen");
    }
  }

  @Test
  void aStateThatSomeoneRemovesEndsTheFreezeAndTheLock() {
    String execution = Guest.newExecution();
    try (Guest guest = patient();
        SqlWriter writer = new SqlWriter(database())) {
      assertThat(guest.pre(execution).exitCode()).isZero();
      Shell.must("rm", "-rf", Guest.RUN.resolve(execution).toString());
      assertGoesOn(writer, "the state removed by someone");
      assertThat(guest.post(execution).exitCode()).isEqualTo(205);
    }
  }

  @Test
  void aThawThatFailsIsSaidAndDoneByTheNext() {
    String execution = Guest.newExecution();
    try (Guest guest = patient();
        Guest unlucky = patient();
        SqlWriter writer = new SqlWriter(database())) {
      assertThat(guest.pre(execution).exitCode()).isZero();
      FilesystemFailureTest.refusesToThaw(unlucky, database().volume());
      Answer post = unlucky.post(execution);
      assertThat(post.exitCode()).as(post.output()).isEqualTo(202);
      StampShape.assertGolden(document(), "post-script", post);
      assertThat(guest.post(execution).exitCode()).isIn(0, 203);
      assertGoesOn(writer, "202, then the next post-script");
    }
  }

  @Test
  void aPreScriptMayDieAnywhere() {
    try (SqlWriter writer = new SqlWriter(database())) {
      assertThat(kills(writer, 9).preScripts()).isGreaterThan(15);
      assertThat(writer.complaint()).isEmpty();
    }
  }

  @Test
  void aPostScriptMayDieAnywhere() {
    try (SqlWriter writer = new SqlWriter(database())) {
      assertThat(kills(writer, 9).postScripts()).isGreaterThan(8);
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
