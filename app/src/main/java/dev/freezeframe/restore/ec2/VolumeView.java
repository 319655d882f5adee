package dev.freezeframe.restore.ec2;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreTags;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A volume as EC2 shows it.
 *
 * @param snapshot that EC2 created it of, which no caller can change
 * @param state {@code creating}, {@code available}, {@code in-use}, {@code error}, ...
 */
public record VolumeView(
    VolumeId id,
    Optional<SnapshotId> snapshot,
    String state,
    List<Attachment> attachments,
    Map<String, String> tags) {

  public VolumeView {
    attachments = List.copyOf(attachments);
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /**
   * Where it is attached.
   *
   * @param state {@code attaching}, {@code attached}, {@code detaching} or {@code busy}
   */
  public record Attachment(
      InstanceId instance, String device, String state, boolean deleteOnTermination) {

    /** Whether it is neither on its way there nor away. */
    public boolean settled() {
      return state.equals("attached");
    }
  }

  /** Where it is attached to an instance; empty: it is not. */
  public Optional<Attachment> on(InstanceId instance) {
    return attachments.stream().filter(known -> known.instance().equals(instance)).findFirst();
  }

  /** Whether it carries the tag of a restore. */
  public boolean of(RestoreId restore) {
    return restore.value().equals(tags.get(RestoreTags.RESTORE));
  }

  /** Whether nothing is attached to it, nor on its way. */
  public boolean available() {
    return state.equals("available") && attachments.isEmpty();
  }

  /** Whether it is there no more, or will not be in a moment. */
  public boolean ended() {
    return state.equals("deleting") || state.equals("deleted");
  }
}
