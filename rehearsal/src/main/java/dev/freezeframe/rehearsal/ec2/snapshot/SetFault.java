package dev.freezeframe.rehearsal.ec2.snapshot;

/** Lets snapshots and their events go wrong. */
@FunctionalInterface
public interface SetFault {

  /** All goes well. */
  SetFault NONE = instance -> SnapshotBehavior.GOOD;

  /** Asked once for each snapshot set, when it is made. */
  SnapshotBehavior fate(String instanceId);
}
