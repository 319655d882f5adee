package dev.freezeframe.task.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreLostException;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestorePlan.Replacement;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.restore.RestoreTags;
import dev.freezeframe.task.NoAws;
import dev.freezeframe.task.restore.message.RestoreEvent;
import dev.freezeframe.task.restore.message.RestoreInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An undo that could not be finished is tried again until it is, or somebody ends it. */
class UndoTriedAgainTest {
  private static final RestoreId ID = new RestoreId("restore-20261122T030000Z-1a2b3c4d");
  private static final InstanceId SERVER = new InstanceId(UndoneEc2.SERVER);
  private static final String OLD = "vol-0123456789abcdef0";
  private static final String NEW = "vol-0123456789abcdef1";
  private static final String SNAPSHOT = "snap-0123456789abcdef0";
  private static final String EXECUTION =
      "arn:aws:states:eu-central-1:1:execution:restore-set:" + ID;

  private final UndoneEc2 ec2 = new UndoneEc2();
  private final NoAws aws = new NoAws(ec2);
  private final Ledger ledger = aws.ledger();

  /** A restore in place that had come as far as the start of its instance with the new volume. */
  UndoTriedAgainTest() {
    RestoreRequest request =
        new RestoreRequest(
            new AttemptId("f6cc8fb6-9e4a-3ba5-9d8e-000000000001"),
            SERVER,
            Destination.IN_PLACE,
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            false,
            List.of(),
            List.of(),
            new TreeSet<>(),
            false,
            Optional.empty());
    RestorePlan plan =
        new RestorePlan(
            request,
            "eu-central-1a",
            Optional.of(SERVER),
            true,
            List.of(
                new Creation(
                    new SnapshotId(SNAPSHOT),
                    new VolumeId(OLD),
                    Optional.of("/dev/sdf"),
                    "gp3",
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    8,
                    Optional.empty(),
                    true,
                    false,
                    Map.of())),
            List.of(new Replacement(new VolumeId(OLD), "/dev/sdf", true)),
            Optional.empty());
    ledger.claimRestore(
        new RestoreRow(
            ID,
            request,
            "0123456789abcdef",
            EXECUTION,
            now(),
            Status.RUNNING,
            "it goes on",
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        plan,
        now().plus(Duration.ofMinutes(30)));
    ledger.recordCreated(ID, new SnapshotId(SNAPSHOT), new VolumeId(NEW));
    ledger.recordStage(ID, Stage.STOPPING, now());
    ec2.free(OLD, "snap-0123456789abcdef9", Map.of());
    ec2.attached(NEW, SNAPSHOT, false, Map.of(RestoreTags.RESTORE, ID.value()));
  }

  private Instant now() {
    return aws.clock().instant();
  }

  private RestoreRow row() {
    return ledger.restore(ID).orElseThrow();
  }

  private static RestoreInput input(String execution, Map<String, Object> work) {
    ObjectNode input = Json.mapper().createObjectNode();
    input.put("execution", execution).put("redrives", 0);
    ObjectNode inner = input.putObject("work").put("restoreId", ID.value());
    work.forEach((name, value) -> inner.set(name, Json.mapper().valueToTree(value)));
    try {
      return new UndoRestoreTask(new NoAws())
          .read(input.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What the state machine puts into the state when a function of the undo has failed. */
  private RestoreEvent undoFailed(Class<?> error, String words) {
    return new RecordRestoreTask(aws)
        .handle(
            input(
                EXECUTION,
                Map.of(
                    "request",
                    row().request(),
                    "problem",
                    Map.of("Error", "e", "Cause", "no room"),
                    "undoProblem",
                    Map.of("Error", error.getName(), "Cause", words))));
  }

  /** The next run of the schedule. */
  private void sweep() {
    aws.pause().pause(Duration.ofMinutes(5));
    new SweepRestoresTask(aws).handle(new SweepRestoresTask.Order());
  }

  private void sweepsUntilUndone() {
    for (int run = 0; run < 12 && row().open(); run++) {
      try {
        sweep();
      } catch (RestoreFailedException stands) {
        assertThat(row().notUndone()).isTrue();
      }
    }
  }

  private void isAsItWas() {
    runsAsItDid();
    assertThat(ec2.volumes).doesNotContainKey(NEW);
  }

  private void runsAsItDid() {
    assertThat(row().status()).as(row().reason()).isEqualTo(Status.UNDONE);
    assertThat(ec2.state).isEqualTo("running");
    assertThat(ec2.isAttached(OLD)).isTrue();
    assertThat(ec2.volumes.get(OLD).attachments().get(0).deleteOnTermination()).isTrue();
    assertThat(ledger.instanceLease(SERVER, now())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"detach", "attach", "modify", "start", "delete"})
  void whateverStepOfItIsRefusedForDaysIsTriedAgainUntilAllIsAsItWas(String step) {
    ec2.state = "stopped";
    isTriedAgainUntilItIsTaken(step);
    isAsItWas();
  }

  /** What the instance ran with is kept, as somebody may have written to it. */
  @Test
  void aStopThatIsRefusedForDaysIsTriedAgainAndWhatItRanWithIsKept() {
    isTriedAgainUntilItIsTaken("stop");
    runsAsItDid();
    assertThat(ec2.isAttached(NEW)).isFalse();
    assertThat(ec2.volumes).containsKey(NEW);
  }

  private void isTriedAgainUntilItIsTaken(String step) {
    ec2.refused.add(step);
    undoFailed(RestoreFailedException.class, "refused");
    assertThat(row().notUndone()).isTrue();

    for (int run = 0; run < 8 * 24 * 12; run++) {
      try {
        sweep();
      } catch (RestoreFailedException stands) {
        // The function fails, so that its alarm stays on.
      }
      assertThat(row().notUndone()).as("after run %d: %s", run, row().reason()).isTrue();
      assertThat(ledger.instanceLease(SERVER, now().plus(Duration.ofMinutes(10)))).contains(ID);
    }
    assertThat(ec2.calls).contains(step);
    assertThatThrownBy(this::sweep).isInstanceOf(RestoreFailedException.class);
    assertThat(row().reason())
        .startsWith("no room; it is not undone yet, and is tried again: ")
        .contains("AttachmentLimitExceeded");

    ec2.refused.clear();
    sweepsUntilUndone();
    assertThat(row().reason()).startsWith("no room; ");
  }

  @Test
  void whoFailsTheFirstTimeKeepsItsInstanceAndSaysThatItIsTriedAgain() {
    RestoreEvent event = undoFailed(RestoreFailedException.class, "attachments are full");

    assertThat(event.status()).isEqualTo(Status.FAILED);
    assertThat(event.endedAt()).isEmpty();
    assertThat(event.reason())
        .isEqualTo("no room; it is not undone yet, and is tried again: attachments are full");
    assertThat(ledger.instanceLease(SERVER, now())).contains(ID);
  }

  @Test
  void whoUndoesItInVainNextKeepsTheReasonWhyItFailedAtFirst() {
    undoFailed(RestoreFailedException.class, "refused");

    new RecordRestoreTask(aws)
        .handle(
            input(
                EXECUTION + "-undo",
                Map.of(
                    "abandonedAt",
                    now().toEpochMilli(),
                    "undoProblem",
                    Map.of("Error", RestoreFailedException.class.getName(), "Cause", "still"))));

    assertThat(row().reason())
        .isEqualTo("no room; it is not undone yet, and is tried again: still");
  }

  @Test
  void oneThatTheSweepItselfBeganAndThatIsRefusedGoesOnToo() {
    aws.pause().pause(Duration.ofMinutes(25));
    ec2.state = "stopped";
    ec2.refused.add("detach");
    sweep();
    assertThat(row().undoing()).isTrue();

    assertThatThrownBy(this::sweep).isInstanceOf(RestoreFailedException.class);
    assertThat(row().reason()).startsWith("its execution broke off; it is not undone yet");
    ec2.refused.clear();
    sweepsUntilUndone();
    isAsItWas();
  }

  @Test
  void whatIsGoneNeverComesBackSoThatNobodyTriesAgain() {
    ec2.volumes.remove(OLD);

    RestoreEvent event = undoFailed(RestoreLostException.class, OLD + " is gone");

    assertThat(event.status()).isEqualTo(Status.FAILED);
    assertThat(event.endedAt()).isPresent();
    assertThat(row().open()).isFalse();
    assertThat(row().reason()).isEqualTo("no room; it cannot be undone: " + OLD + " is gone");
    assertThat(ledger.instanceLease(SERVER, now())).isEmpty();
    sweep();
    assertThat(ec2.calls).isEmpty();
    assertThat(ec2.volumes).as("the only data that is left").containsKey(NEW);
  }

  @Test
  void whatGoesWhileItIsTriedAgainEndsIt() {
    undoFailed(RestoreFailedException.class, "refused");
    ec2.volumes.remove(OLD);
    aws.pause().pause(Duration.ofMinutes(3));

    assertThatThrownBy(this::sweep).isInstanceOf(RestoreFailedException.class);
    assertThat(row().open()).isFalse();
    assertThat(row().reason())
        .startsWith("no room; it cannot be undone: ")
        .doesNotContain("tried again");
    assertThat(ec2.volumes).containsKey(NEW);
  }

  @Test
  void whoCleansUpEndsItAndItsInstanceStaysAsItIs() {
    ec2.state = "stopped";
    ec2.free(NEW, SNAPSHOT, Map.of(RestoreTags.RESTORE, ID.value()));
    undoFailed(RestoreFailedException.class, "refused");
    aws.pause().pause(Duration.ofMinutes(3));

    new CleanRestoreTask(aws).handle(input(EXECUTION + "-clean", Map.of("clean", true)));

    assertThat(row().open()).isFalse();
    assertThat(row().status()).isEqualTo(Status.FAILED);
    assertThat(row().reason())
        .isEqualTo("no room; it is not undone: refused; somebody has ended its undo");
    assertThat(ledger.instanceLease(SERVER, now())).isEmpty();
    assertThat(ec2.volumes).doesNotContainKey(NEW);
    sweep();
    assertThat(ec2.calls).containsExactly("delete");
    assertThat(ec2.state).isEqualTo("stopped");
  }

  @Test
  void nothingGoesOnWithARestoreThatIsNotUndone() {
    undoFailed(RestoreFailedException.class, "refused");

    assertThatThrownBy(
            () ->
                new StartTargetTask(aws)
                    .handle(input(EXECUTION, Map.of("request", row().request()))))
        .isInstanceOf(RestoreFailedException.class)
        .hasMessageContaining("is being undone");
    assertThat(ec2.calls).isEmpty();
  }

  @Test
  void asManyAsComeAtOnceDoEachStepOnce() {
    ec2.state = "stopped";
    undoFailed(RestoreFailedException.class, "refused");
    aws.pause().pause(Duration.ofMinutes(3));

    for (int run = 0; run < 8 && row().open(); run++) {
      // While one stands between its look and its call, another sweep and an undo by hand come.
      ec2.afterLook =
          () -> {
            assertThatThrownBy(
                    () -> new SweepRestoresTask(aws).handle(new SweepRestoresTask.Order()))
                .hasMessageContaining("another function is putting %s back".formatted(SERVER));
            assertThat(new UndoRestoreTask(aws).handle(input(EXECUTION + "-undo", Map.of())).done())
                .isFalse();
          };
      try {
        sweep();
      } catch (RestoreFailedException stands) {
        assertThat(row().notUndone()).isTrue();
      }
    }

    isAsItWas();
    assertThat(ec2.calls).containsExactly("detach", "attach", "modify", "start", "delete");
  }

  @Test
  void anUndoByHandAfterDaysIsAsPatient() {
    undoFailed(RestoreFailedException.class, "refused");
    aws.pause().pause(Duration.ofDays(3));
    ec2.state = "stopping";

    assertThat(new UndoRestoreTask(aws).handle(input(EXECUTION + "-undo", Map.of())).done())
        .isFalse();
  }
}
