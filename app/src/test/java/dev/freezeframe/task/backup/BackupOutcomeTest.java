package dev.freezeframe.task.backup;

import static dev.freezeframe.task.backup.BackupInputs.at;
import static dev.freezeframe.task.backup.BackupInputs.caught;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.task.NoAws;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupOutcomeTest {
  private static final Instant AT = Instant.parse("2026-11-22T02:59:51Z");
  private static final SnapshotId SNAPSHOT = new SnapshotId("snap-0123456789abcdef0");
  private static final SetVerdict HELD =
      SetVerdict.on(
          new Verdict(Consistency.APPLICATION, Optional.of(Proof.PROVED), "held by its scripts"));
  private static final SetVerdict NOT_HELD =
      SetVerdict.on(new Verdict(Consistency.CRASH, Optional.empty(), "not held"));

  private static List<SnapshotRow> set(SnapshotState state) {
    Ledger ledger = new NoAws().ledger();
    ledger.recordSnapshots(
        List.of(
            SnapshotRow.pending(
                SNAPSHOT,
                AttemptId.of("e", 1),
                new VolumeId("vol-0123456789abcdef0"),
                new InstanceId("i-0123456789abcdef0"),
                new PolicyName("daily"),
                new RunId("daily-20261122T020000Z"),
                "e",
                AT,
                Optional.empty())));
    if (state.settled()) {
      ledger.apply(
          new SnapshotChange(
              SNAPSHOT,
              state,
              AT.plusSeconds(60),
              state == SnapshotState.ERROR
                  ? Optional.of("the key is disabled")
                  : Optional.empty()));
    }
    return ledger.snapshots(List.of(SNAPSHOT));
  }

  private static BackupOutcome ofSet(
      SnapshotState state, SetVerdict verdict, Consumer<ObjectNode> change) {
    return BackupOutcome.of(
        BackupInputs.with(change).work(), set(state), Optional.of(verdict), true);
  }

  private static BackupOutcome withoutSet(Consumer<ObjectNode> change) {
    return BackupOutcome.of(BackupInputs.with(change).work(), List.of(), Optional.empty(), true);
  }

  private static void assertIs(BackupOutcome outcome, Status status, String reason) {
    assertThat(outcome.status()).isEqualTo(status);
    assertThat(outcome.reason()).isEqualTo(reason);
  }

  @Test
  void aSetThatCompletedIsASuccessWithTheReasonOfItsVerdict() {
    assertIs(
        ofSet(SnapshotState.COMPLETED, HELD, work -> {}), Status.SUCCEEDED, "held by its scripts");
  }

  @Test
  void aThawThatNothingProvesFailsWhateverTheSetIsWorth() {
    BackupOutcome outcome =
        BackupOutcome.of(
            BackupInputs.with(work -> {}).work(),
            set(SnapshotState.COMPLETED),
            Optional.of(HELD),
            false);

    assertIs(
        outcome,
        Status.FAILED,
        "could not confirm that the guest is thawed: no post-script answered");
    assertThat(outcome.verdict()).contains(HELD);
  }

  @Test
  void whyTheThawWasNotProvedIsTheReason() {
    BackupState work = BackupInputs.with(state -> caught(state, "thawProblem", "denied")).work();

    assertThat(BackupOutcome.of(work, List.of(), Optional.empty(), false).reason())
        .isEqualTo("could not confirm that the guest is thawed: denied");
  }

  @Test
  void aSnapshotThatFailedFailsTheBackupAndIsNamedWithItsCause() {
    assertIs(
        ofSet(SnapshotState.ERROR, HELD, work -> {}),
        Status.FAILED,
        "snap-0123456789abcdef0 failed: the key is disabled");
  }

  @Test
  void aSetThatHasNotSettledSaysWhatTheLastLookSaid() {
    assertIs(
        ofSet(SnapshotState.PENDING, HELD, work -> {}),
        Status.FAILED,
        "the snapshots have not settled");
    assertThat(
            ofSet(
                    SnapshotState.PENDING,
                    HELD,
                    work ->
                        work.putObject("completion")
                            .putObject("answer")
                            .put("settled", true)
                            .put("waitSeconds", 0)
                            .put("words", "1 of 1 has not settled in time"))
                .reason())
        .isEqualTo("1 of 1 has not settled in time");
  }

  @ParameterizedTest
  @CsvSource({
    "true, SUCCEEDED, not held",
    "false, FAILED, the policy requires application-consistent sets: not held"
  })
  void aSetThatNothingHeldIsEnoughOnlyWhereThePolicyFallsBack(
      boolean fallsBack, Status status, String reason) {
    assertIs(
        ofSet(
            SnapshotState.COMPLETED,
            NOT_HELD,
            work -> at(work, "/policy/scripts").put("fallBackToCrashConsistent", fallsBack)),
        status,
        reason);
  }

  @ParameterizedTest
  @CsvSource({"SKIP, SKIPPED", "FAIL, FAILED"})
  void anInspectionThatEndsTheBackupSaysWhy(String next, Status status) {
    assertIs(
        withoutSet(
            work -> at(work, "/inspection/answer").put("next", next).put("reason", "no volume")),
        status,
        "no volume");
  }

  @Test
  void scriptsThatCannotRunSkipABackupThatDoesNotFallBack() {
    assertIs(
        withoutSet(
            work ->
                at(work, "/inspection/answer")
                    .put("next", "FALL_BACK")
                    .put("fallBack", false)
                    .put("reason", "the SSM agent is not online")),
        Status.SKIPPED,
        "the SSM agent is not online, and the policy does not fall back");
  }

  @Test
  void scriptsThatFailedSkipABackupForWhichNothingWasOrdered() {
    assertIs(
        withoutSet(work -> caught(work, "scriptProblem", "exited with 201")),
        Status.SKIPPED,
        "exited with 201, and the policy does not fall back");
  }

  @Test
  void aRefusedSetFailsTheBackupThoughScriptsHadFailedBefore() {
    assertIs(
        withoutSet(
            work -> {
              caught(work, "scriptProblem", "exited with 201");
              caught(work, "createProblem", "EC2 refused the set");
            }),
        Status.FAILED,
        "EC2 refused the set");
  }

  @Test
  void anInstanceThatCouldNotBeInspectedFails() {
    assertIs(
        withoutSet(work -> work.remove("inspection")), Status.FAILED, "it could not be inspected");
  }

  @Test
  void whatElseThereIsToSayFollowsTheReason() {
    BackupOutcome outcome = ofSet(SnapshotState.COMPLETED, HELD, work -> {});

    assertThat(outcome.but(Optional.empty())).isEqualTo(outcome);
    assertIs(
        outcome.but(Optional.of("tags were refused")),
        Status.SUCCEEDED,
        "held by its scripts; tags were refused");
  }
}
