package dev.freezeframe.task.restore.message;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoredVolume;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The event of a restore that has ended, as docs/events.md has it.
 *
 * @param target the instance that was changed
 * @param launched the new instance
 * @param endedAt empty: its undo is tried again
 * @param secondsToAvailable until all volumes were available; and so on
 * @param volumes that were created
 */
public record RestoreEvent(
    RestoreId restoreId,
    AttemptId setId,
    InstanceId instanceId,
    Destination to,
    RestoreRow.Status status,
    String reason,
    Optional<InstanceId> target,
    Optional<InstanceId> launched,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<Double> secondsToAvailable,
    Optional<Double> secondsToRunning,
    Optional<Double> secondsToInitialized,
    List<Member> volumes) {

  /** A volume that was created. */
  public record Member(
      VolumeId volumeId, SnapshotId snapshotId, Optional<String> device, Optional<String> gone) {}

  public static RestoreEvent of(
      RestoreRow row, Optional<RestorePlan> plan, List<RestoredVolume> volumes) {
    return new RestoreEvent(
        row.id(),
        row.request().set(),
        row.request().instance(),
        row.request().to(),
        row.status(),
        row.reason(),
        plan.flatMap(RestorePlan::target),
        row.launched(),
        row.startedAt(),
        row.endedAt(),
        seconds(row, Stage.AVAILABLE),
        seconds(row, Stage.RUNNING),
        seconds(row, Stage.INITIALIZED),
        volumes.stream()
            .flatMap(
                one ->
                    one
                        .volume()
                        .map(
                            id ->
                                new Member(
                                    id,
                                    one.creation().snapshot(),
                                    one.creation().device(),
                                    one.gone()))
                        .stream())
            .toList());
  }

  private static Optional<Double> seconds(RestoreRow row, Stage stage) {
    return row.at(stage).map(at -> Duration.between(row.startedAt(), at).toMillis() / 1000.0);
  }
}
