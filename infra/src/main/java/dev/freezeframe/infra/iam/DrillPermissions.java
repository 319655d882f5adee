package dev.freezeframe.infra.iam;

import static dev.freezeframe.drill.DrillTags.DRILL;
import static dev.freezeframe.snapshot.SnapshotTags.RUN;

import dev.freezeframe.infra.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What drills may do in EC2 and Systems Manager: launch of our snapshots alone and with our tag
 * alone, and end nothing that does not carry it. They attach, detach and stop nothing.
 */
final class DrillPermissions {
  private static final String NOT_BORN = "its id is not known before it is created";
  private static final String OURS = "what is ours is known by our tag, which the condition names";
  private static final String OWN_DOCUMENTS = "the project's own documents for drills begin so";

  private final Names names;
  private final RestorePermissions restores;

  DrillPermissions(Names names) {
    this.names = names;
    this.restores = new RestorePermissions(names);
  }

  private String instances() {
    return names.arn("ec2", "instance", "*");
  }

  private String volumes() {
    return names.arn("ec2", "volume", "*");
  }

  private String interfaces() {
    return names.arn("ec2", "network-interface", "*");
  }

  private String documents() {
    return names.document("freezeframe-drill-*");
  }

  /** Reads what a document asks for, and its hash. */
  Stream<Permission> readDocuments() {
    return Stream.of(
        Permission.onAll(documents(), OWN_DOCUMENTS, "ssm:DescribeDocument", "ssm:GetDocument"));
  }

  /** Launches an instance with our tag, of our snapshots. */
  Stream<Permission> launch() {
    return Stream.concat(
        restores.keys(),
        Stream.of(
            born(instances(), "ec2:RunInstances"),
            born(volumes(), "ec2:RunInstances"),
            born(interfaces(), "ec2:RunInstances"),
            Permission.onAll(names.snapshot("*"), OURS, "ec2:RunInstances")
                .onlyIf("Null", "aws:ResourceTag/" + RUN, "false"),
            place(),
            taggedOnCreate(instances()),
            taggedOnCreate(volumes()),
            taggedOnCreate(interfaces())));
  }

  private Permission place() {
    return new Permission(
        List.of("ec2:RunInstances"),
        List.of(
            names.image("*"),
            names.arn("ec2", "security-group", "*"),
            names.arn("ec2", "subnet", "*")),
        Map.of(),
        Optional.of("image, groups and subnet are those of the policy"));
  }

  /** Runs a document for drills on a drill instance. */
  Stream<Permission> send() {
    return Stream.of(
        Permission.onAll(documents(), OWN_DOCUMENTS, "ssm:SendCommand"),
        Permission.onAll(instances(), OURS, "ssm:SendCommand")
            .onlyIf("Null", "ssm:resourceTag/" + DRILL, "false"));
  }

  /** Takes away what carries the tag of a drill. */
  Stream<Permission> end() {
    return Stream.of(
        ours(volumes(), "ec2:DeleteVolume"), ours(instances(), "ec2:TerminateInstances"));
  }

  private static Permission born(String resource, String action) {
    return Permission.onAll(resource, NOT_BORN, action)
        .onlyIf("Null", "aws:RequestTag/" + DRILL, "false");
  }

  private static Permission taggedOnCreate(String resource) {
    return Permission.onAll(resource, NOT_BORN, "ec2:CreateTags")
        .onlyIf("StringEquals", "ec2:CreateAction", "RunInstances");
  }

  private static Permission ours(String resource, String action) {
    return Permission.onAll(resource, OURS, action)
        .onlyIf("Null", "aws:ResourceTag/" + DRILL, "false");
  }
}
