package dev.freezeframe.restore.view;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.restore.RestoreId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An instance that a restore would change, as EC2 has it now, and who else works on it.
 *
 * @param state EC2's word, such as {@code running}
 * @param windows whether its devices are named as those of Windows
 * @param rootDeviceType {@code ebs} or {@code instance-store}
 * @param lifecycle {@code spot}, ...; empty: on demand
 * @param hibernated whether its memory waits on its root volume to be resumed
 * @param attached its EBS volumes
 * @param interfaces network interfaces, which may share the limit of attachments
 * @param limit of attachments; empty: EC2 states none of its type
 * @param stop what bears on a stop; empty: nothing is stopped
 * @param backup what says that a backup of it is under way; empty: nothing does
 * @param restore another restore that holds it
 */
public record TargetView(
    InstanceId instance,
    String state,
    String zone,
    String type,
    boolean windows,
    Optional<String> rootDevice,
    String rootDeviceType,
    Optional<String> image,
    Optional<String> lifecycle,
    boolean hibernated,
    List<String> productCodes,
    Map<String, String> tags,
    List<Attached> attached,
    int interfaces,
    Optional<AttachmentLimit> limit,
    Optional<StopView> stop,
    Optional<String> backup,
    Optional<RestoreId> restore) {

  public TargetView {
    productCodes = List.copyOf(productCodes);
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    attached = List.copyOf(attached);
  }

  /**
   * A volume that is attached to it.
   *
   * @param state EC2's word, such as {@code attached}
   * @param elsewhere the other instances that it is attached to
   * @param origin the row of the snapshot that EC2 created it of, if it is one of ours
   */
  public record Attached(
      LiveVolume live,
      String device,
      String state,
      boolean deleteOnTermination,
      List<InstanceId> elsewhere,
      Optional<SnapshotRow> origin) {

    public Attached {
      elsewhere = List.copyOf(elsewhere);
    }

    /** Its id. */
    public VolumeId volume() {
      return live.volume();
    }
  }

  /**
   * What bears on a stop of it.
   *
   * @param shutdownBehavior {@code stop} or {@code terminate}
   * @param storedLocally whether it has instance store volumes, which a stop erases
   * @param fleetingAddress its public address, where a stop gives that up
   */
  public record StopView(
      boolean stopProtected,
      String shutdownBehavior,
      boolean storedLocally,
      Optional<String> fleetingAddress) {}

  /** Whether it runs. */
  public boolean running() {
    return state.equals("running");
  }

  /** The Auto Scaling group that it belongs to. */
  public Optional<String> autoScalingGroup() {
    return Optional.ofNullable(tags.get("aws:autoscaling:groupName"));
  }

  /** The volume that boots it. */
  public Optional<Attached> root() {
    return attached.stream()
        .filter(volume -> rootDevice.equals(Optional.of(volume.device())))
        .findFirst();
  }
}
