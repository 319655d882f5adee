package dev.freezeframe.infra.iam;

import dev.freezeframe.infra.Documents;
import dev.freezeframe.infra.Names;
import dev.freezeframe.infra.settings.KnownDocuments;
import dev.freezeframe.policy.Policy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;

/** What may be done on instances by Systems Manager. */
public final class GuestPermissions {
  private static final String NO_RESOURCE =
      "Systems Manager knows no resource for this call but all of them";

  private final Names names;
  private final List<Policy> policies;
  private final KnownDocuments known;
  private final TargetTags tags;
  private final TargetTags stopTags;

  public GuestPermissions(Names names, List<Policy> policies, KnownDocuments known) {
    this.names = names;
    this.policies = policies;
    this.known = known;
    this.tags = new TargetTags(policies);
    this.stopTags =
        new TargetTags(policies.stream().filter(policy -> policy.stop().isPresent()).toList());
  }

  /** Sends a policy's documents to instances that carry a target tag of some policy. */
  Stream<Permission> sendToTargets() {
    return Stream.concat(
        ofDocuments("ssm:SendCommand"),
        onTargets(
            names.arn("ec2", "instance", "*"),
            "ssm:resourceTag/",
            "the instances are known by their tags, which the condition names",
            "ssm:SendCommand"));
  }

  /**
   * Sends to any instance: a tag that is taken off while its guest is frozen must not keep the thaw
   * from it. And sends more documents than policies name: a policy that is taken away while its
   * guest is frozen must not either.
   */
  Stream<Permission> sendToThaw() {
    TreeSet<String> documents = new TreeSet<>(known.all());
    documents.addAll(named());
    return Stream.of(
        Permission.on(documents.stream().map(names::document).toList(), "ssm:SendCommand"),
        Permission.onAll(
                names.arn("ssm", "document", "*"),
                "a policy that is gone leaves its thaw to be sent; the condition asks for the tag"
                    + " that Data Lifecycle Manager asks of its documents",
                "ssm:SendCommand")
            .onlyIf("StringEquals", "aws:ResourceTag/" + Documents.TAG, "true"),
        Permission.onAll(
            names.arn("ec2", "instance", "*"),
            "a guest that is frozen has to be thawed, whatever became of its tags",
            "ssm:SendCommand"));
  }

  /** Stops instances that carry a target tag of a policy that stops, and no others. */
  Stream<Permission> stopTargets() {
    return stopTags.limit(
        Permission.onAll(
            names.arn("ec2", "instance", "*"),
            "the instances are known by their tags, which the condition names",
            "ec2:StopInstances"),
        "aws:ResourceTag/");
  }

  /**
   * Starts any instance: a tag that is taken off while it is stopped, or a policy that is taken
   * away, must not keep the start from it. EC2 makes a grant of the key of an encrypted volume in
   * the name of who starts; without it a start is taken, and the instance is stopped again.
   */
  Stream<Permission> start() {
    return Stream.of(
        Permission.onAll(
            names.arn("ec2", "instance", "*"),
            "an instance that was stopped has to be started, whatever became of its tags",
            "ec2:StartInstances"),
        Permission.onAll(
                names.arn("kms", "key", "*"),
                "the keys are those of the instance's volumes; the conditions leave them to EC2",
                "kms:CreateGrant")
            .onlyIf("Bool", "kms:GrantIsForAWSResource", "true")
            .onlyIf(
                "StringEquals",
                "kms:ViaService",
                "ec2.%s.%s".formatted(Aws.REGION, Aws.URL_SUFFIX)));
  }

  /** Reads what became of a command, and gives it up. */
  Stream<Permission> follow() {
    return Stream.of(
        Permission.onAll(
            "*",
            NO_RESOURCE,
            "ssm:GetCommandInvocation",
            "ssm:ListCommandInvocations",
            "ssm:CancelCommand"));
  }

  Stream<Permission> listCommands() {
    return Stream.of(Permission.onAll("*", NO_RESOURCE, "ssm:ListCommands"));
  }

  Stream<Permission> describeAgents() {
    return Stream.of(Permission.onAll("*", NO_RESOURCE, "ssm:DescribeInstanceInformation"));
  }

  /** Actions on the documents that policies name, and on no others. */
  Stream<Permission> ofDocuments(String... actions) {
    List<String> documents = named().stream().map(names::document).toList();
    return documents.isEmpty() ? Stream.empty() : Stream.of(Permission.on(documents, actions));
  }

  private Set<String> named() {
    TreeSet<String> documents = new TreeSet<>();
    policies.forEach(
        policy -> policy.scripts().ifPresent(scripts -> documents.add(scripts.document())));
    return documents;
  }

  /** On what carries a target tag of some policy. */
  Stream<Permission> onTargets(String resource, String keyPrefix, String why, String action) {
    return tags.limit(Permission.onAll(resource, why, action), keyPrefix);
  }

  public TargetTags tags() {
    return tags;
  }
}
