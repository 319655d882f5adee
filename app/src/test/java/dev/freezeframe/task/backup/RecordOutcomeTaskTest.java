package dev.freezeframe.task.backup;

import static dev.freezeframe.task.backup.BackupInputs.at;
import static dev.freezeframe.task.backup.BackupInputs.caught;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.snapshot.Ownership;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import dev.freezeframe.task.KnownEc2;
import dev.freezeframe.task.NoAws;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What it decides is {@code BackupOutcomeTest}'s and {@code VerdictTest}'s; here: what it does. */
class RecordOutcomeTaskTest {
  private static final SnapshotId SNAPSHOT = new SnapshotId("snap-0123456789abcdef0");
  private static final SnapshotId LOST = new SnapshotId("snap-0123456789abcdef7");
  private static final Instant AT = Instant.parse("2026-11-22T02:59:51Z");

  private final KnownEc2 ec2 = new KnownEc2();
  private final NoAws aws = new NoAws(ec2);

  /** An execution whose set and scripts are of its first attempt. */
  private static BackupInput order(Consumer<ObjectNode> change) {
    BackupInput plain = BackupInputs.with(work -> {});
    return BackupInputs.with(
        work -> {
          String attempt = plain.attemptId().value();
          at(work, "/set/answer").put("id", attempt);
          at(work, "/preScript/answer").put("attempt", attempt);
          at(work, "/postScript/answer").put("attempt", attempt);
          change.accept(work);
        });
  }

  private OutcomeEvent record(BackupInput order) {
    return new RecordOutcomeTask(aws).handle(order);
  }

  private void freeze(BackupInput order, boolean proved) {
    aws.ledger()
        .recordFreeze(
            new FreezeRow(
                order.work().runId(),
                order.instanceId(),
                1,
                order.attemptId(),
                order.execution(),
                0,
                new DocumentVersion("freezeframe-filesystem", "3", "ab", true),
                60,
                Instant.parse("2026-11-22T02:59:47Z"),
                true,
                List.of()));
    aws.ledger()
        .recordThaw(
            order.work().runId(),
            order.instanceId(),
            order.attemptId(),
            new FreezeRow.Thaw(
                Instant.parse("2026-11-22T02:59:52Z"), "RunPostScript", "succeeded", proved));
  }

  private void completed(SnapshotId snapshot) {
    aws.ledger()
        .apply(
            new SnapshotChange(
                snapshot, SnapshotState.COMPLETED, AT.plusSeconds(60), Optional.empty()));
  }

  private void shows(SnapshotId snapshot, AttemptId attempt, BackupInput order) {
    ec2.snapshots.add(
        Snapshot.builder()
            .snapshotId(snapshot.value())
            .volumeId("vol-0123456789abcdef0")
            .startTime(AT)
            .description(Ownership.description(order.work().runId(), order.instanceId()))
            .tags(Tag.builder().key(SnapshotTags.SET).value(attempt.value()).build())
            .build());
  }

  private SnapshotRow row(SnapshotId snapshot) {
    return aws.ledger().snapshots(List.of(snapshot)).get(0);
  }

  private Map<String, String> tags() {
    return ec2.tagged.stream()
        .map(CreateTagsRequest::tags)
        .flatMap(List::stream)
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  private Optional<OutcomeRow> outcome(BackupInput order) {
    return aws.ledger().outcome(order.work().runId(), order.instanceId());
  }

  @Test
  void aSetThatWasHeldIsRecordedTaggedAndARecoveryPoint() {
    BackupInput order = order(work -> {});
    freeze(order, true);
    completed(SNAPSHOT);

    OutcomeEvent event = record(order);

    assertThat(event.status()).isEqualTo(Status.SUCCEEDED);
    OutcomeRow recorded = outcome(order).orElseThrow();
    assertThat(recorded.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(recorded.consistency()).contains(Consistency.APPLICATION);
    assertThat(recorded.attempts()).isOne();
    assertThat(recorded.frozen()).isPresent();
    assertThat(recorded.snapshots()).containsExactly(SNAPSHOT);
    assertThat(row(SNAPSHOT).consistency()).contains(Consistency.APPLICATION);
    assertThat(ec2.tagged)
        .singleElement()
        .satisfies(request -> assertThat(request.resources()).containsExactly(SNAPSHOT.value()));
    assertThat(tags())
        .containsEntry(SnapshotTags.CONSISTENCY, "APPLICATION")
        .containsEntry(SnapshotTags.SET_CONSISTENCY, "APPLICATION")
        .containsEntry(SnapshotTags.PRE_SCRIPT, "succeeded")
        .containsEntry(SnapshotTags.POST_SCRIPT, "succeeded")
        .containsKey(SnapshotTags.EXPIRES_AT);
    assertThat(
            aws.ledger().newestRecoveryPoint(order.work().policy().name()).map(Instant::toString))
        .contains(AT.toString());
  }

  @Test
  void rowsThatTheStepBeforeDidNotWriteAreWritten() {
    BackupInput order = order(work -> {});

    record(order);

    assertThat(row(SNAPSHOT).set()).isEqualTo(order.attemptId());
    assertThat(row(SNAPSHOT).execution()).isEqualTo(order.execution());
  }

  @Test
  void tagsThatEc2RefusesAreToldAndChangeNothingElse() {
    BackupInput order = order(work -> {});
    freeze(order, true);
    completed(SNAPSHOT);
    ec2.refusal = Optional.of(KnownEc2.refused(400, "TagPolicyViolation"));

    OutcomeEvent event = record(order);

    assertThat(event.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(event.reason())
        .contains("the tags do not say so, EC2 refused them: TagPolicyViolation");
  }

  @Test
  void aThawThatNothingProvesIsAFailureAndNoRecoveryPoint() {
    BackupInput order = order(work -> {});
    freeze(order, false);
    completed(SNAPSHOT);

    assertThat(record(order).status()).isEqualTo(Status.FAILED);
    assertThat(aws.ledger().newestRecoveryPoint(order.work().policy().name())).isEmpty();
  }

  @Test
  void aFailureIsAnnouncedFirstAndFailsTheStateOnlyThen() {
    Consumer<ObjectNode> failed =
        work -> {
          work.remove("set");
          caught(work, "createProblem", "{\"errorMessage\": \"no snapshots\"}");
        };
    BackupInput first = order(failed);
    freeze(first, true);
    assertThat(record(first).status()).isEqualTo(Status.FAILED);

    BackupInput second =
        order(
            failed.andThen(
                work -> work.putObject("outcome").putObject("answer").put("status", "FAILED")));
    assertThatThrownBy(() -> record(second)).isInstanceOf(BackupFailedException.class);
  }

  @Test
  void aSetThatACallWithoutAnAnswerHasTakenIsRecordedAsUnknown() {
    BackupInput order =
        order(
            work -> {
              work.remove("set");
              caught(work, "createProblem", "{\"errorMessage\": \"late\"}");
            });
    shows(LOST, AttemptId.of(order.execution(), 1), order);

    record(order);

    assertThat(row(LOST).consistency()).contains(Consistency.UNKNOWN);
  }

  /** If nothing runs after it, an abandoned backup's verdict does not replace one that is there. */
  @Test
  void aFunctionThatDiesBeforeItsVerdictHasNotCalledItsOwnSetLost() {
    BackupInput order =
        order(work -> caught(work, "createProblem", "{\"errorMessage\": \"late\"}"));
    shows(SNAPSHOT, order.attemptId(), order);
    InMemoryLedger dies =
        new InMemoryLedger() {
          @Override
          public synchronized List<FreezeRow> freezes(RunId run, InstanceId instance) {
            throw new IllegalStateException("the function's time is over");
          }
        };

    assertThatThrownBy(() -> new RecordOutcomeTask(new NoAws(ec2, dies)).handle(order))
        .hasMessage("the function's time is over");

    assertThat(dies.snapshots(List.of(SNAPSHOT)))
        .singleElement()
        .satisfies(row -> assertThat(row.consistency()).isEmpty());
  }

  @Test
  void slotsGoBackOnceEverySnapshotHasSettled() {
    Consumer<ObjectNode> withSlots =
        work ->
            work.putObject("slots")
                .putObject("answer")
                .put("taken", true)
                .put("inspectAgain", false)
                .put("waitSeconds", 0)
                .put("servedThen", 0)
                .put("asked", 1)
                .put("overQuota", 0)
                .put("words", "taken");
    BackupInput order = order(withSlots);
    new TakeSlotsTask(aws).handle(BackupInputs.with(work -> {}));
    assertThat(aws.ledger().slotHold(order.holder())).isPresent();

    record(order);
    assertThat(aws.ledger().slotHold(order.holder())).as("it is pending").isPresent();

    completed(SNAPSHOT);
    record(order);
    assertThat(aws.ledger().slotHold(order.holder())).isEmpty();
  }

  @Test
  void whatAnotherExecutionOfTheRunCameToSaysNothingOfThisOne() {
    BackupInput order = order(work -> {});
    freeze(order, true);
    completed(SNAPSHOT);
    record(order);
    BackupInput other =
        new BackupInput(
            order.execution() + "-two",
            order.instanceId(),
            BackupInputs.with(
                    work -> {
                      work.remove(List.of("set", "preScript", "postScript"));
                      caught(work, "createProblem", "{\"errorMessage\": \"no snapshots\"}");
                    })
                .work(),
            0,
            Optional.empty(),
            false);

    assertThat(record(other).status()).isEqualTo(Status.FAILED);
    assertThat(outcome(order).map(OutcomeRow::execution)).contains(order.execution());
  }
}
