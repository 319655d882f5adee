package dev.freezeframe.infra.iam;

import static dev.freezeframe.restore.RestoreTags.REPLACED_BY;
import static dev.freezeframe.restore.RestoreTags.RESTORE;
import static dev.freezeframe.snapshot.SnapshotTags.RUN;

import dev.freezeframe.infra.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;

/**
 * What restores may do in EC2: create of our snapshots alone and with our tag alone, and delete
 * nothing that does not carry it.
 */
final class RestorePermissions {
  private static final String NAMED_BY_A_PERSON =
      "the instance is named by the one who asks for a restore, and its tags may be gone";
  private static final String OLD_VOLUMES =
      "the volumes that it had before are put back whatever became of their tags";
  private static final String NOT_BORN = "its id is not known before it is created";
  private static final String OURS = "what is ours is known by our tag, which the condition names";

  private final Names names;

  RestorePermissions(Names names) {
    this.names = names;
  }

  private String instances() {
    return names.arn("ec2", "instance", "*");
  }

  private String volumes() {
    return names.arn("ec2", "volume", "*");
  }

  /** Creates volumes of our snapshots, with our tag. */
  Stream<Permission> createVolumes() {
    return Stream.concat(
        keys(),
        Stream.of(
            ofOurSnapshots("ec2:CreateVolume"),
            born(volumes(), "ec2:CreateVolume"),
            taggedOnCreate(volumes(), "CreateVolume")));
  }

  /** Stops the instance that is restored. */
  Stream<Permission> stop() {
    return Stream.of(Permission.onAll(instances(), NAMED_BY_A_PERSON, "ec2:StopInstances"));
  }

  /** Detaches what is replaced, and says so by a tag and by no other. */
  Stream<Permission> detachReplaced() {
    return Stream.concat(move("ec2:DetachVolume"), Stream.of(tagReplaced()));
  }

  /** Attaches what a restore created, and sets what goes with the instance. */
  Stream<Permission> attach() {
    return Stream.of(
        Permission.onAll(instances(), NAMED_BY_A_PERSON, "ec2:AttachVolume"),
        ours(volumes(), "ec2:AttachVolume"),
        flags());
  }

  /** Puts an instance back as it was. */
  Stream<Permission> putBack() {
    return Stream.of(
            move("ec2:AttachVolume", "ec2:DetachVolume"), Stream.of(flags(), tagRoot()), stop())
        .flatMap(permissions -> permissions);
  }

  private Stream<Permission> move(String... actions) {
    return Stream.of(
        Permission.onAll(instances(), NAMED_BY_A_PERSON, actions),
        Permission.onAll(volumes(), OLD_VOLUMES, actions));
  }

  private Permission flags() {
    return Permission.onAll(instances(), NAMED_BY_A_PERSON, "ec2:ModifyInstanceAttribute");
  }

  private Permission tagRoot() {
    return Permission.onAll(volumes(), "EC2 gives the new root none of our tags", "ec2:CreateTags")
        .onlyIf("Null", "aws:RequestTag/" + RESTORE, "false");
  }

  private Permission tagReplaced() {
    return Permission.onAll(volumes(), OLD_VOLUMES, "ec2:CreateTags")
        .onlyIf("Null", "aws:RequestTag/" + REPLACED_BY, "false")
        .onlyIf("ForAllValues:StringEquals", "aws:TagKeys", List.of(REPLACED_BY));
  }

  /** Registers an image of our snapshots, with our tag. */
  Stream<Permission> registerImage() {
    return Stream.of(
        ofOurSnapshots("ec2:RegisterImage"),
        born(names.image("*"), "ec2:RegisterImage"),
        taggedOnCreate(names.image("*"), "RegisterImage"));
  }

  Stream<Permission> deregisterImage() {
    return Stream.of(ours(names.image("*"), "ec2:DeregisterImage"));
  }

  /** Launches an instance with our tag, of our snapshots; as the role that it had. */
  Stream<Permission> launch() {
    return Stream.concat(
        keys(),
        Stream.of(
            born(instances(), "ec2:RunInstances"),
            born(volumes(), "ec2:RunInstances"),
            ofOurSnapshots("ec2:RunInstances"),
            place(),
            taggedOnCreate(instances(), "RunInstances"),
            taggedOnCreate(volumes(), "RunInstances"),
            ours(volumes(), "ec2:CreateTags"),
            Permission.onAll(
                    names.role("*"),
                    "the role is that of the instance that the set was taken of; EC2 alone gets it",
                    "iam:PassRole")
                .onlyIf("StringEquals", "iam:PassedToService", "ec2." + Aws.URL_SUFFIX)));
  }

  private Permission place() {
    return new Permission(
        List.of("ec2:RunInstances"),
        List.of(
            names.image("*"),
            names.arn("ec2", "key-pair", "*"),
            names.arn("ec2", "network-interface", "*"),
            names.arn("ec2", "placement-group", "*"),
            names.arn("ec2", "security-group", "*"),
            names.arn("ec2", "subnet", "*")),
        Map.of(),
        Optional.of(
            "image, key pair, groups and subnet are those of the instance that the set was taken"
                + " of"));
  }

  /** Has EC2 replace a root by our snapshots, and tags what it created. */
  Stream<Permission> replaceRoot() {
    String tasks = names.arn("ec2", "replace-root-volume-task", "*");
    return Stream.concat(
        keys(),
        Stream.of(
            ofOurSnapshots("ec2:CreateReplaceRootVolumeTask"),
            Permission.onAll(instances(), NAMED_BY_A_PERSON, "ec2:CreateReplaceRootVolumeTask"),
            Permission.onAll(volumes(), NOT_BORN, "ec2:CreateReplaceRootVolumeTask"),
            born(tasks, "ec2:CreateReplaceRootVolumeTask"),
            taggedOnCreate(tasks, "CreateReplaceRootVolumeTask"),
            tagRoot(),
            tagReplaced()));
  }

  /** Takes away what carries the tag of a restore. */
  Stream<Permission> clean() {
    return Stream.concat(
        deregisterImage(),
        Stream.of(
            ours(volumes(), "ec2:DeleteVolume"), ours(instances(), "ec2:TerminateInstances")));
  }

  private Permission ofOurSnapshots(String action) {
    return Permission.onAll(names.snapshot("*"), OURS, action)
        .onlyIf("Null", "aws:ResourceTag/" + RUN, "false");
  }

  private static Permission born(String resource, String action) {
    return Permission.onAll(resource, NOT_BORN, action)
        .onlyIf("Null", "aws:RequestTag/" + RESTORE, "false");
  }

  private static Permission taggedOnCreate(String resource, String creation) {
    return Permission.onAll(resource, NOT_BORN, "ec2:CreateTags")
        .onlyIf("StringEquals", "ec2:CreateAction", creation);
  }

  private static Permission ours(String resource, String action) {
    return Permission.onAll(resource, OURS, action)
        .onlyIf("Null", "aws:ResourceTag/" + RESTORE, "false");
  }

  /** The keys of the snapshots, which EC2 uses in the name of who creates volumes of them. */
  Stream<Permission> keys() {
    String why = "the keys are those of the snapshots; the conditions leave them to EC2";
    String keys = names.arn("kms", "key", "*");
    String ec2 = "ec2.%s.%s".formatted(Aws.REGION, Aws.URL_SUFFIX);
    return Stream.of(
        Permission.onAll(keys, why, "kms:CreateGrant")
            .onlyIf("Bool", "kms:GrantIsForAWSResource", "true")
            .onlyIf("StringEquals", "kms:ViaService", ec2),
        Permission.onAll(
                keys,
                why,
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo")
            .onlyIf("StringEquals", "kms:ViaService", ec2));
  }
}
