package dev.freezeframe.rehearsal.run;

import java.util.List;

/**
 * A field of {@code run.json}, for help.
 *
 * @param path such as {@code runs[].instances[].status}; what lies below a field without fields of
 *     its own here is named by data, not by us
 * @param meaning in few words; docs/rehearsal.md has more
 */
public record RunField(String path, String meaning) {

  /** In the order in which they are written. */
  public static final List<RunField> ALL =
      List.of(
          new RunField("seed", "random seed"),
          new RunField("policy", "as the Scheduler passes it"),
          new RunField("endedAt", "the virtual instant at which nothing was left to happen"),
          new RunField("runs[]", "the firings"),
          new RunField("runs[].scheduledAt", "when it fell due"),
          new RunField("runs[].instances[]", "every instance that matched, by id"),
          new RunField("runs[].instances[].instanceId", "such as i-0f1000000b0a7c0de"),
          new RunField("runs[].instances[].name", "its tag Name; or null"),
          new RunField(
              "runs[].instances[].executionId", "what the scripts of the last attempt were given"),
          new RunField("runs[].instances[].status", "SUCCEEDED, FAILED or SKIPPED"),
          new RunField(
              "runs[].instances[].consistency",
              "what the set is worth: APPLICATION, CRASH, UNKNOWN, or null without a set"),
          new RunField(
              "runs[].instances[].proof", "PROVED or CLAIMED: what APPLICATION rests on; or null"),
          new RunField("runs[].instances[].reason", "why"),
          new RunField("runs[].instances[].preScript", "the result of the last one"),
          new RunField("runs[].instances[].postScript", "the result of the last one"),
          new RunField("runs[].instances[].attempts", "how many were begun"),
          new RunField(
              "runs[].instances[].frozenSeconds", "how long the guest truly stood still for it"),
          new RunField(
              "runs[].instances[].downSeconds", "how long the instance was stopped for it"),
          new RunField("runs[].instances[].snapshots[]", "the set, a snapshot for each volume"),
          new RunField(
              "runs[].instances[].snapshots[].snapshotId", "such as snap-0123456789abcdef0"),
          new RunField("runs[].instances[].snapshots[].volumeId", "such as vol-0123456789abcdef0"),
          new RunField("runs[].instances[].snapshots[].state", "pending, completed or error"),
          new RunField("runs[].instances[].snapshots[].startTime", "its point in time"),
          new RunField("runs[].instances[].snapshots[].expiresAt", "expiry time"),
          new RunField("runs[].instances[].snapshots[].consistency", "what it is worth by itself"),
          new RunField(
              "runs[].instances[].snapshots[].proof", "what its APPLICATION rests on; or null"),
          new RunField("runs[].instances[].states[]", "the states, in the order entered"),
          new RunField(
              "runs[].instances[].callsWhileFrozen[]", "the AWS calls made while it was frozen"),
          new RunField("calls", "how often each AWS action was called"),
          new RunField("stillFrozen[]", "instances whose guest is frozen at the end"),
          new RunField("stillStopped[]", "instances that were stopped and do not run at the end"),
          new RunField("stillUnmounted[]", "instances whose file systems are not mounted again"),
          new RunField("stillRestored[]", "what a drill created and is there at the end"),
          new RunField("drills[]", "the drills, in the order in which they were claimed"),
          new RunField("drills[].drillId", "the name of its execution"),
          new RunField("drills[].setId", "the set"),
          new RunField("drills[].instanceId", "of which instance"),
          new RunField("drills[].level", "L0, L2 or L3: how much it was to prove"),
          new RunField(
              "drills[].verdict",
              "PASSED, PASSED_WITH_WARNINGS, FAILED, INCONCLUSIVE, SKIPPED; null without an end"),
          new RunField("drills[].reason", "why"),
          new RunField("drills[].warnings[]", "why it passed with warnings"),
          new RunField("drills[].stages", "seconds from the launch until each was reached"),
          new RunField("drills[].cost", "about, in US$"),
          new RunField("drills[].states[]", "the states, in the order entered"),
          new RunField(
              "assumedDocuments[]", "documents that do not say what they hold, so it is assumed"),
          new RunField("deletions[]", "what retention deleted, in order"),
          new RunField("deletions[].snapshotId", "the snapshot"),
          new RunField("deletions[].setId", "the set that it was of"),
          new RunField("deletions[].at", "when"),
          new RunField("deletions[].rule", "by which rule"),
          new RunField("deletions[].reason", "why"),
          new RunField("kept[]", "the sets that are there at the end"),
          new RunField("kept[].setId", "the set"),
          new RunField("kept[].instanceId", "of which instance"),
          new RunField("kept[].pointInTime", "when it was taken"),
          new RunField("kept[].reasons[]", "what keeps it"),
          new RunField(
              "kept[].expiring[]", "why it expires in the next run, where nothing keeps it"),
          new RunField("ledger[]", "every item of the DynamoDB table"),
          new RunField("ec2Snapshots[]", "every snapshot in EC2"),
          new RunField("ec2Snapshots[].snapshotId", "the snapshot"),
          new RunField("ec2Snapshots[].volumeId", "the volume that it is of"),
          new RunField("ec2Snapshots[].state", "pending, completed or error"),
          new RunField("ec2Snapshots[].tags", "its tags"),
          new RunField("restores[]", "with --restore: a restore of each instance"),
          new RunField("restores[].restoreId", "the name of its execution"),
          new RunField("restores[].setId", "the set"),
          new RunField("restores[].instanceId", "of which instance"),
          new RunField("restores[].to", "volumes, instance, new, in-place or root"),
          new RunField(
              "restores[].status", "SUCCEEDED, REFUSED, UNDONE (failed, all as before) or FAILED"),
          new RunField("restores[].reason", "why"),
          new RunField("restores[].states[]", "the states, in the order entered"),
          new RunField(
              "restores[].secondsToAvailable", "until all volumes were available; or null"),
          new RunField(
              "restores[].secondsToInitialized",
              "until every block had been read from the snapshots; or null"),
          new RunField("restores[].volumes[]", "the volumes that it created"),
          new RunField("restores[].volumes[].volumeId", "the volume; null: none was created"),
          new RunField("restores[].volumes[].snapshotId", "the snapshot that it is of"),
          new RunField("restores[].volumes[].device", "under which it is attached; or null"),
          new RunField("restores[].volumes[].type", "such as gp3"),
          new RunField("restores[].volumes[].iops", "as EC2 has it"),
          new RunField("restores[].volumes[].throughput", "in MiB/s; or null"),
          new RunField("restores[].volumes[].sizeGiB", "its size"),
          new RunField(
              "restores[].volumes[].state", "as EC2 has it; deleted; none: it was not created"),
          new RunField("restores[].volumes[].attachedTo", "an instance; or null"),
          new RunField(
              "restores[].volumes[].deleteOnTermination", "whether it goes with that; or null"),
          new RunField("ec2Volumes[]", "with --restore: every volume in EC2"),
          new RunField("ec2Volumes[].volumeId", "the volume"),
          new RunField("ec2Volumes[].snapshotId", "the snapshot that it was created of"),
          new RunField("ec2Volumes[].state", "as EC2 has it"),
          new RunField("ec2Volumes[].attachedTo", "an instance; or null"),
          new RunField("ec2Volumes[].device", "under which it is attached; or null"),
          new RunField("ec2Volumes[].tags", "its tags"));

  /** The name alone, set in by two spaces for each object that it lies in. */
  public String indented() {
    int depth = (int) path.chars().filter(letter -> letter == '.').count();
    return "  ".repeat(depth) + path.substring(path.lastIndexOf('.') + 1);
  }
}
