package dev.freezeframe.restore;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Exactly what a restore does. It follows from the request and from what the ledger and EC2 say,
 * and from nothing that changes by itself such as the time, so that the plan that was shown is the
 * one that is carried out, or none is.
 *
 * @param target that is changed; empty: volumes or a new instance
 * @param running whether the target runs now, and so is started again
 * @param volumes that are created, in the order in which they are attached: the root first
 * @param replaced volumes of the target that are detached, and kept
 * @param launch how the new instance is launched; empty: none is
 */
public record RestorePlan(
    RestoreRequest request,
    String zone,
    Optional<InstanceId> target,
    boolean running,
    List<Creation> volumes,
    List<Replacement> replaced,
    Optional<Launch> launch) {

  public RestorePlan {
    volumes = List.copyOf(volumes);
    replaced = List.copyOf(replaced);
  }

  /**
   * A volume that is created of a snapshot.
   *
   * @param original that the snapshot was taken of
   * @param device under which it is attached; empty: it is not
   * @param kmsKeyId ARN of the key that encrypts the snapshot; named where EC2 refuses it
   * @param deleteOnTermination that it gets once it is attached
   * @param tags besides those that say which restore created it
   */
  public record Creation(
      SnapshotId snapshot,
      VolumeId original,
      Optional<String> device,
      String type,
      OptionalInt iops,
      OptionalInt throughput,
      int sizeGiB,
      Optional<String> kmsKeyId,
      boolean deleteOnTermination,
      boolean root,
      Map<String, String> tags) {

    public Creation {
      tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
  }

  /** A volume that a created one takes the place of. */
  public record Replacement(VolumeId volume, String device, boolean deleteOnTermination) {}

  /**
   * A new instance.
   *
   * @param settings of the one that the set was taken of
   * @param image that is launched; empty: one is registered of the set's root, for this launch only
   * @param tags of the instance
   */
  public record Launch(
      InstanceSettings settings, Optional<String> image, Map<String, String> tags) {

    public Launch {
      tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
  }
}
