package dev.freezeframe.restore.ec2;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestoreTags;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Volumes of EC2. A call that changes something may be made twice: it is made again, or the next
 * look shows what has become of it.
 */
public interface Volumes {

  /** The volumes that carry the tag of a restore; the newest may be missing. */
  default List<VolumeView> of(RestoreId restore) {
    return tagged(RestoreTags.RESTORE, restore.value());
  }

  /** The volumes that carry a tag; the newest may be missing. */
  List<VolumeView> tagged(String key, String value);

  /** Those of some volumes that exist, by id. */
  Map<VolumeId, VolumeView> find(Collection<VolumeId> volumes);

  /** The volumes that are attached to an instance. */
  List<VolumeView> attachedTo(InstanceId instance);

  /**
   * Creates a volume, or finds the one that an earlier call created.
   *
   * @param rate of its initialization, in MiB/s; empty: EC2's own
   * @throws RestoreFailedException if EC2 refuses it
   */
  VolumeId create(RestoreId restore, Creation creation, String zone, OptionalInt rate);

  /**
   * Attaches a volume.
   *
   * @return false if EC2 says that it is not in the state for it; the next look shows why
   * @throws RestoreFailedException if EC2 refuses it for another reason
   */
  boolean attach(VolumeId volume, InstanceId instance, String device);

  /** Detaches a volume, never by force; does nothing to one that is not attached. */
  void detach(VolumeId volume, InstanceId instance);

  /**
   * Sets whether volumes go with their instance.
   *
   * @param flags by device
   */
  void goWithInstance(InstanceId instance, Map<String, Boolean> flags);

  /** Adds tags to a volume. */
  void tag(Collection<VolumeId> volumes, Map<String, String> tags);

  /** Deletes a volume; does nothing to one that is in use or that is gone. */
  void delete(VolumeId volume);

  /** Those of some volumes of which every block has been read from their snapshots. */
  List<VolumeId> initialized(Collection<VolumeId> volumes);
}
