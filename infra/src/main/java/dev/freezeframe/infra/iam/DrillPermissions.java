package dev.freezeframe.infra.iam;

import static dev.freezeframe.drill.DrillTags.DRILL;
import static dev.freezeframe.snapshot.SnapshotTags.RUN;

import dev.freezeframe.infra.Names;
import dev.freezeframe.infra.drill.DrillPlaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;

/**
 * What drills may do in EC2 and Systems Manager: launch of our snapshots alone and with our tag
 * alone, and end nothing that does not carry it. They attach, detach and stop nothing.
 */
final class DrillPermissions {
  private static final String NOT_BORN = "its id is not known before it is created";
  private static final String OURS = "what is ours is known by our tag, which the condition names";
  private static final String OWN = "freezeframe-drill-*";
  private static final String OWN_DOCUMENTS = "the project's own documents for drills begin so";

  private final Names names;
  private final RestorePermissions restores;
  private final DrillPlaces places;

  DrillPermissions(Names names, DrillPlaces places) {
    this.names = names;
    this.restores = new RestorePermissions(names);
    this.places = places;
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

  /** Those of the policies, and the project's own for drills that are started by hand. */
  private Permission onDocuments(String... actions) {
    return Permission.onAll(OWN, OWN_DOCUMENTS, actions)
        .withResources(
            Stream.concat(
                    Stream.of(OWN),
                    places.documents().stream()
                        .filter(name -> !name.startsWith(OWN.replace("*", ""))))
                .map(names::document)
                .toList());
  }

  /** Reads what a document asks for, and its hash. */
  Stream<Permission> readDocuments() {
    return Stream.of(onDocuments("ssm:DescribeDocument", "ssm:GetDocument"));
  }

  /** Launches an instance with our tag and our profile, of our snapshots, in a place for drills. */
  Stream<Permission> launch() {
    return Stream.of(restores.keys(), created(), place(), image())
        .flatMap(permissions -> permissions);
  }

  private Stream<Permission> created() {
    return Stream.of(
        born(instances(), "ec2:RunInstances"),
        born(volumes(), "ec2:RunInstances"),
        born(interfaces(), "ec2:RunInstances"),
        Permission.onAll(names.snapshot("*"), OURS, "ec2:RunInstances")
            .onlyIf("Null", "aws:ResourceTag/" + RUN, "false"),
        taggedOnCreate(instances()),
        taggedOnCreate(volumes()),
        taggedOnCreate(interfaces()),
        // EC2 has no other profile of this role, and the role nothing but commands to take.
        Permission.on(places.roleArn(), "iam:PassRole")
            .onlyIf("StringEquals", "iam:PassedToService", "ec2." + Aws.URL_SUFFIX));
  }

  /** Without a subnet that it may use it launches nothing, which is right if nothing is drilled. */
  private Stream<Permission> place() {
    List<String> arns =
        Stream.concat(
                places.subnets().stream().map(id -> names.arn("ec2", "subnet", id)),
                places.securityGroups().stream().map(id -> names.arn("ec2", "security-group", id)))
            .toList();
    return arns.isEmpty() ? Stream.of() : Stream.of(Permission.on(arns, "ec2:RunInstances"));
  }

  /**
   * EC2 reads a parameter that holds an image in the name of who launches (Systems Manager user
   * guide, "Native parameter support for Amazon Machine Image IDs").
   */
  private Stream<Permission> image() {
    return Stream.of(
        Permission.onAll(
            names.image("*"), "the image is the policy's, or Amazon's newest", "ec2:RunInstances"),
        new Permission(
            List.of("ssm:GetParameters"),
            Stream.concat(
                    Stream.of(names.parameterOfAws("ami-amazon-linux-latest/*")),
                    places.imageParameters().stream().map(names::parameter))
                .toList(),
            Map.of(),
            Optional.of("Amazon's images have a parameter for each architecture")));
  }

  /** Runs a document for drills on a drill instance. */
  Stream<Permission> send() {
    return Stream.of(
        onDocuments("ssm:SendCommand"),
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
