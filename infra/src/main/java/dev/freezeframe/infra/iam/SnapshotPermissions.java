package dev.freezeframe.infra.iam;

import static dev.freezeframe.snapshot.SnapshotTags.CONSISTENCY;
import static dev.freezeframe.snapshot.SnapshotTags.EXPIRES_AT;
import static dev.freezeframe.snapshot.SnapshotTags.POLICY;
import static dev.freezeframe.snapshot.SnapshotTags.POST_SCRIPT;
import static dev.freezeframe.snapshot.SnapshotTags.PRE_SCRIPT;
import static dev.freezeframe.snapshot.SnapshotTags.PROOF;
import static dev.freezeframe.snapshot.SnapshotTags.RUN;
import static dev.freezeframe.snapshot.SnapshotTags.SET_CONSISTENCY;

import dev.freezeframe.infra.Names;
import dev.freezeframe.snapshot.SnapshotTags;
import java.util.List;
import java.util.stream.Stream;

/** What may be done in EC2: nothing to a snapshot that does not carry our tags. */
final class SnapshotPermissions {
  private static final String UNKNOWN_YET = "a snapshot's id is not known before it is taken";

  private final Names names;
  private final GuestPermissions guests;

  SnapshotPermissions(Names names, GuestPermissions guests) {
    this.names = names;
    this.guests = guests;
  }

  Stream<Permission> describe(String... actions) {
    return Stream.of(
        Permission.onAll("*", "EC2 knows no resource for Describe calls but all", actions));
  }

  /** CreateSnapshots is authorised on the instance, its volumes, and the snapshots to be. */
  Stream<Permission> create() {
    return Stream.of(
            guests.onTargets(
                names.arn("ec2", "instance", "*"),
                "aws:ResourceTag/",
                "the instances are known by their tags, which the condition names",
                "ec2:CreateSnapshots"),
            Stream.of(
                Permission.onAll(
                    names.arn("ec2", "volume", "*"),
                    "the volumes are those of the instance, which need no tags of their own",
                    "ec2:CreateSnapshots"),
                Permission.onAll(names.snapshot("*"), UNKNOWN_YET, "ec2:CreateSnapshots")
                    .onlyIf("Null", "aws:RequestTag/" + RUN, "false")
                    .onlyIf("Null", "aws:RequestTag/" + POLICY, "false"),
                Permission.onAll(names.snapshot("*"), UNKNOWN_YET, "ec2:CreateTags")
                    .onlyIf("StringEquals", "ec2:CreateAction", "CreateSnapshots")))
        .flatMap(permissions -> permissions);
  }

  /** Adds the verdict's tags to snapshots that carry ours, and no other tags. */
  Stream<Permission> tagVerdict() {
    return Stream.of(
        Permission.onAll(
                names.snapshot("*"),
                "the snapshots are known by our tag, which the condition names",
                "ec2:CreateTags")
            .onlyIf("Null", "aws:ResourceTag/" + RUN, "false")
            .onlyIf(
                "ForAllValues:StringEquals",
                "aws:TagKeys",
                List.of(CONSISTENCY, EXPIRES_AT, POST_SCRIPT, PRE_SCRIPT, PROOF, SET_CONSISTENCY)));
  }

  /** Reads what decides whether a snapshot may go: its state, locks, images, shares. */
  Stream<Permission> facts() {
    return describe(
        "ec2:DescribeImages",
        "ec2:DescribeLockedSnapshots",
        "ec2:DescribeSnapshotAttribute",
        "ec2:DescribeSnapshots");
  }

  /** Tags snapshots that are not ours yet, as ours, and in no other way. */
  Stream<Permission> adopt() {
    return Stream.of(
        Permission.onAll(
                names.snapshot("*"),
                "what is adopted carries no tag of ours before",
                "ec2:CreateTags")
            .onlyIf("Null", "aws:RequestTag/" + RUN, "false")
            .onlyIf(
                "ForAllValues:StringEquals",
                "aws:TagKeys",
                List.of(CONSISTENCY, SnapshotTags.INSTANCE, POLICY, RUN, SnapshotTags.SET)));
  }

  /** Deletes snapshots that carry our tag. */
  Stream<Permission> delete() {
    return Stream.of(
        Permission.onAll(
                names.snapshot("*"),
                "the snapshots are known by our tag, which the condition names",
                "ec2:DeleteSnapshot")
            .onlyIf("Null", "aws:ResourceTag/" + RUN, "false"));
  }
}
