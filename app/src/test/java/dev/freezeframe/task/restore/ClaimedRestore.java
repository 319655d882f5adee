package dev.freezeframe.task.restore;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreLedger;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.task.TaskResult;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.RestoreStep;
import dev.freezeframe.task.restore.message.RestoreWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/** A restore in place of one volume that an execution has claimed and created. */
final class ClaimedRestore {
  static final RestoreId ID = new RestoreId("restore-20261122T030000Z-1a2b3c4d");
  static final InstanceId SERVER = new InstanceId("i-0123456789abcdef0");
  static final VolumeId VOLUME = new VolumeId("vol-0123456789abcdef1");

  private static final SnapshotId SNAPSHOT = new SnapshotId("snap-0123456789abcdef0");
  private static final RestoreRequest REQUEST =
      new RestoreRequest(
          new AttemptId("f6cc8fb6-9e4a-3ba5-9d8e-000000000001"),
          SERVER,
          Destination.IN_PLACE,
          Optional.empty(),
          Optional.empty(),
          OptionalInt.of(100),
          true,
          List.of(),
          List.of(),
          new TreeSet<>(),
          false,
          Optional.empty());

  private ClaimedRestore() {}

  /** Puts it on record; its leases last for two days. */
  static void claim(RestoreLedger ledger, Instant now) {
    ledger.claimRestore(
        new RestoreRow(
            ID,
            REQUEST,
            "h",
            "e",
            now,
            RestoreRow.Status.RUNNING,
            "it goes on",
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new RestorePlan(
            REQUEST,
            "eu-central-1a",
            Optional.of(SERVER),
            true,
            List.of(creation()),
            List.of(),
            Optional.empty()),
        now.plus(Duration.ofDays(2)));
    ledger.recordCreated(ID, SNAPSHOT, VOLUME);
  }

  private static Creation creation() {
    return new Creation(
        SNAPSHOT,
        new VolumeId("vol-0123456789abcdef0"),
        Optional.of("/dev/sdf"),
        "gp3",
        OptionalInt.empty(),
        OptionalInt.empty(),
        8,
        Optional.empty(),
        true,
        false,
        Map.of());
  }

  /** The input of a task, with what the one before it, or an earlier look of it, answered. */
  static RestoreInput input(Optional<RestoreStep> before) {
    return new RestoreInput(
        "e",
        0,
        new RestoreWork(
            ID,
            Optional.of(REQUEST),
            Optional.of("h"),
            Optional.empty(),
            Optional.empty(),
            before.map(step -> new TaskResult<>(step, 0)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }
}
