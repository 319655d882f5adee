package dev.freezeframe.restore;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a restore of a set has to know, as EC2 said it while the instance lived.
 *
 * @param recordedAt when EC2 said so
 * @param settings of the instance; empty: it was gone already when the set was adopted
 * @param volumes one for each snapshot of the set
 */
public record RestoreFacts(
    AttemptId set,
    InstanceId instance,
    Instant recordedAt,
    Optional<InstanceSettings> settings,
    List<VolumeSettings> volumes) {

  public RestoreFacts {
    recordedAt = recordedAt.truncatedTo(MILLIS);
    volumes = List.copyOf(volumes);
  }

  /** The settings of the volume of a snapshot; empty: none are on record. */
  public Optional<VolumeSettings> of(SnapshotId snapshot) {
    return volumes.stream().filter(volume -> volume.snapshot().equals(snapshot)).findFirst();
  }
}
