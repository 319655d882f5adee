package dev.freezeframe.restore.undo;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestorePlan.Replacement;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.restore.RestoreTags;
import dev.freezeframe.restore.RestoredVolume;
import dev.freezeframe.restore.ec2.VolumeView;
import dev.freezeframe.restore.ec2.VolumeView.Attachment;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A restore of one volume in place, and what EC2 shows of it when it is undone. */
final class UndoneRestore {
  static final RestoreId ID = new RestoreId("restore-20261128T153000Z-1a2b3c4d");
  static final InstanceId SERVER = new InstanceId("i-0123456789abcdef0");
  static final InstanceId OTHER = new InstanceId("i-0123456789abcdef1");
  static final VolumeId OLD = new VolumeId("vol-0123456789abcdef0");
  static final VolumeId NEW = new VolumeId("vol-0123456789abcdef1");
  static final SnapshotId SNAPSHOT = new SnapshotId("snap-0123456789abcdef0");
  static final String DEVICE = "/dev/sdf";
  static final Instant AT = Instant.parse("2026-11-28T15:30:00Z");

  private UndoneRestore() {}

  static RestorePlan plan(Destination to) {
    RestoreRequest request =
        new RestoreRequest(
            new AttemptId("f6cc8fb6-9e4a-3ba5-9d8e-000000000001"),
            SERVER,
            to,
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            false,
            List.of(),
            List.of(),
            new TreeSet<>(),
            false,
            Optional.empty());
    return new RestorePlan(
        request,
        "eu-central-1a",
        to.changesInstance() ? Optional.of(SERVER) : Optional.empty(),
        true,
        List.of(creation()),
        to == Destination.INSTANCE ? List.of() : List.of(new Replacement(OLD, DEVICE, true)),
        Optional.empty());
  }

  static Creation creation() {
    return new Creation(
        SNAPSHOT,
        OLD,
        Optional.of(DEVICE),
        "gp3",
        OptionalInt.empty(),
        OptionalInt.empty(),
        8,
        Optional.empty(),
        true,
        false,
        Map.of());
  }

  static RestoredVolume row(Optional<VolumeId> volume) {
    return new RestoredVolume(ID, creation(), volume, Optional.empty(), Optional.empty());
  }

  static TargetFacts facts(Destination to, String state, boolean stopped, VolumeView... views) {
    Map<Stage, Instant> reached = new EnumMap<>(Stage.class);
    if (stopped) {
      reached.put(Stage.STOPPING, AT);
    }
    Map<VolumeId, VolumeView> volumes = new TreeMap<>();
    for (VolumeView view : views) {
      volumes.put(view.id(), view);
    }
    RestorePlan plan = plan(to);
    return new TargetFacts(
        plan,
        new RestoreRow(
            ID,
            plan.request(),
            "h",
            "e",
            AT,
            Status.RUNNING,
            "it goes on",
            reached,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        state.isEmpty() ? Optional.empty() : Optional.of(state),
        Optional.empty(),
        Set.of(NEW),
        volumes);
  }

  static VolumeView free(VolumeId id, String state) {
    return new VolumeView(id, Optional.of(SNAPSHOT), state, List.of(), tags());
  }

  static VolumeView on(VolumeId id, InstanceId instance, String state, boolean flag) {
    return new VolumeView(
        id,
        Optional.of(SNAPSHOT),
        "in-use",
        List.of(new Attachment(instance, DEVICE, state, flag)),
        tags());
  }

  private static Map<String, String> tags() {
    return Map.of(RestoreTags.RESTORE, ID.value());
  }
}
