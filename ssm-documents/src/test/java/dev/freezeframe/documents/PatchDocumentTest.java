package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The package managers are stand-ins that note how they were called. */
class PatchDocumentTest {

  private final Guest guest = new Guest(SsmDocument.PATCH);

  @AfterEach
  void close() {
    guest.close();
  }

  private void standIn(String program, int exitCode) {
    guest.standIn(
        program,
        "echo \"" + program + " $*\" >>'" + guest.newFile("calls") + "'",
        "exit " + exitCode);
  }

  private List<String> calls() throws IOException {
    return Files.exists(guest.newFile("calls"))
        ? Files.readAllLines(guest.newFile("calls"))
        : List.of();
  }

  @ParameterizedTest
  @CsvSource({
    "dnf, false, dnf -y update",
    "dnf, true, dnf -y --security update",
    "yum, true, yum -y --security update",
    "zypper, false, zypper --non-interactive update",
    "zypper, true, zypper --non-interactive patch --category security"
  })
  void theStageThatIsAskedForUpdatesAndTheOtherDoesNot(
      String manager, String securityOnly, String call) throws IOException {
    standIn(manager, 0);
    guest.with("manager", manager).with("securityOnly", securityOnly);
    Answer post = guest.post(Guest.newExecution());
    assertThat(post.exitCode()).as(post.output()).isZero();
    StampShape.assertGolden(SsmDocument.PATCH, "post-script", post);
    assertThat(calls()).isEmpty();
    Answer pre = guest.pre(Guest.newExecution());
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    StampShape.assertGolden(SsmDocument.PATCH, "pre-script", pre);
    assertThat(calls()).containsExactly(call);
  }

  @Test
  void aptAsksNoQuestionsAndKeepsConfigurationFiles() throws IOException {
    standIn("apt-get", 0);
    guest.standIn("dpkg", "exit 0");
    Answer post = guest.with("stage", "post").post(Guest.newExecution());
    assertThat(post.exitCode()).as(post.output()).isZero();
    assertThat(calls()).hasSize(2);
    assertThat(calls().get(0)).endsWith(" update");
    assertThat(calls().get(1)).contains("--force-confold").endsWith(" upgrade");
  }

  @Test
  void aFailedUpdateFailsItsStage() {
    standIn("dnf", 1);
    guest.with("manager", "dnf");
    assertThat(guest.pre(Guest.newExecution()).exitCode()).isEqualTo(201);
    assertThat(guest.with("stage", "post").post(Guest.newExecution()).exitCode()).isEqualTo(202);
  }

  @Test
  void aRebootThatZypperWantsIsNoFailure() {
    standIn("zypper", 102);
    assertThat(guest.with("manager", "zypper").pre(Guest.newExecution()).exitCode()).isZero();
  }

  @Test
  void aDryRunUpdatesNothingAndFindsAnInterruptedDpkg() throws IOException {
    standIn("apt-get", 0);
    guest.standIn("dpkg", "echo 'The following packages are only half configured'");
    for (Answer answer : List.of(guest.dryRun(), guest.pre(Guest.newExecution()))) {
      assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
      assertThat(answer.causes()).contains("dpkg was interrupted");
    }
    guest.standIn("dpkg", "exit 0");
    StampShape.assertGolden(SsmDocument.PATCH, "dry-run", guest.dryRun());
    assertThat(calls()).isEmpty();
  }
}
