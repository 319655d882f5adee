package dev.freezeframe.snapshot;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.policy.TagSelector;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The snapshots that exist; {@link SnapshotSets} takes new ones. */
public interface Ec2Snapshots {

  /** Some of them, with what protects them; those that do not exist are left out. */
  Map<SnapshotId, Ec2Snapshot> find(Collection<SnapshotId> snapshots);

  /** Some of them, those that do not exist are left out; what protects them is not asked. */
  Map<SnapshotId, Ec2Snapshot> existing(Collection<SnapshotId> snapshots);

  /** With which accounts some of them are shared; {@code all} stands for everybody. */
  Map<SnapshotId, List<String>> sharing(Collection<SnapshotId> snapshots);

  /**
   * One page of those of this account that carry a tag, without locks and images.
   *
   * @param token of the page before; empty: the first page
   */
  Page tagged(TagSelector tag, Optional<String> token);

  /**
   * The sets of an instance in a run that exist; a just created one may be missing. They are those
   * that carry its tags and that we created: tags alone can be put on any snapshot.
   */
  List<SnapshotSet> sets(RunId run, InstanceId instance);

  /** The instances that some volumes are attached to now; a volume without one is left out. */
  Map<VolumeId, InstanceId> attachedTo(Collection<VolumeId> volumes);

  /**
   * Adds tags to snapshots, in one call.
   *
   * @return why EC2 refused, for a reason that stays: one is gone, has too many tags, is not ours;
   *     empty: they carry the tags. Of all that are named, EC2 tags every one or none
   */
  Optional<String> tag(Collection<SnapshotId> snapshots, Map<String, String> tags);

  /** Deletes one. */
  Ending delete(SnapshotId snapshot);

  /** A page of snapshots; {@code next} is empty on the last. */
  record Page(List<Ec2Snapshot> snapshots, Optional<String> next) {

    public Page {
      snapshots = List.copyOf(snapshots);
    }
  }

  /** The result of a deletion. */
  record Ending(Kind kind, String words) {

    /** The ends of a deletion. */
    public enum Kind {
      DELETED,
      /** It did not exist any more. */
      GONE,
      /** EC2 refused, for a reason that may pass. */
      REFUSED
    }

    public static final Ending DELETED = new Ending(Kind.DELETED, "deleted");
    public static final Ending GONE = new Ending(Kind.GONE, "it was gone");

    public static Ending refused(String words) {
      return new Ending(Kind.REFUSED, words);
    }
  }
}
