package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.task.Task;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeastPrivilegeTest {
  private static final String SNAPSHOTS = "arn:<Partition>:ec2:<Region>::snapshot/*";
  private static final String INSTANCES = "arn:<Partition>:ec2:<Region>:<AccountId>:instance/*";
  private static final String VOLUMES = "arn:<Partition>:ec2:<Region>:<AccountId>:volume/*";
  private static final String DOCUMENTS = "arn:<Partition>:ssm:<Region>:<AccountId>:document/*";
  private static final String KEYS = "arn:<Partition>:kms:<Region>:<AccountId>:key/*";
  private static final String EXECUTIONS =
      "arn:<Partition>:states:<Region>:<AccountId>:execution:freezeframe-";

  /** Every {@code *} that the template grants, and why nothing narrower will do. */
  private static final Map<String, String> REASONS = new TreeMap<>();

  static {
    for (String action :
        Set.of(
            "DescribeImages",
            "DescribeInstanceAttribute",
            "DescribeInstanceTypeOfferings",
            "DescribeInstanceTypes",
            "DescribeInstances",
            "DescribeKeyPairs",
            "DescribeLockedSnapshots",
            "DescribeReplaceRootVolumeTasks",
            "DescribeSecurityGroups",
            "DescribeSnapshotAttribute",
            "DescribeSnapshots",
            "DescribeSubnets",
            "DescribeVolumeStatus",
            "DescribeVolumes",
            "ListSnapshotsInRecycleBin")) {
      REASONS.put("ec2:%s on *".formatted(action), "Describe calls have no other resource");
    }
    for (String action :
        Set.of(
            "CancelCommand",
            "DescribeInstanceInformation",
            "GetCommandInvocation",
            "ListCommandInvocations",
            "ListCommands")) {
      REASONS.put("ssm:%s on *".formatted(action), "the call has no other resource");
    }
    REASONS.put("ec2:CreateSnapshots on " + INSTANCES, "conditioned on the target tags");
    REASONS.put("ec2:CreateSnapshots on " + VOLUMES, "volumes of those instances, tagged or not");
    REASONS.put("ec2:CreateSnapshots on " + SNAPSHOTS, "not born yet; conditioned on our tags");
    REASONS.put("ec2:CreateTags on " + SNAPSHOTS, "on create, where our tag is, or to adopt");
    REASONS.put(
        "ec2:StopInstances on " + INSTANCES, "conditioned on the tags of policies that stop");
    REASONS.put(
        "ec2:StartInstances on " + INSTANCES, "a start follows whatever became of the tags");
    REASONS.put("kms:CreateGrant on " + KEYS, "of any volume; conditioned on EC2 alone");
    REASONS.put("ec2:DeleteSnapshot on " + SNAPSHOTS, "conditioned on our tag");
    restores();
    drills();
    REASONS.put("ssm:SendCommand on " + DOCUMENTS, "a thaw; conditioned on DLM's own tag");
    REASONS.put("ssm:SendCommand on " + INSTANCES, "conditioned on the target tags; but a thaw");
    for (String action : Set.of("PutTelemetryRecords", "PutTraceSegments")) {
      REASONS.put("xray:%s on *".formatted(action), "X-Ray has no resources");
    }
    for (String action : Set.of("GetSamplingRules", "GetSamplingTargets")) {
      REASONS.put("xray:%s on *".formatted(action), "X-Ray has no resources");
    }
    for (String action :
        Set.of(
            "CreateLogDelivery",
            "DeleteLogDelivery",
            "DescribeLogGroups",
            "DescribeResourcePolicies",
            "GetLogDelivery",
            "ListLogDeliveries",
            "PutResourcePolicy",
            "UpdateLogDelivery")) {
      REASONS.put("logs:%s on *".formatted(action), "Step Functions asks for it to log");
    }
    REASONS.put(
        "cloudwatch:DescribeAlarms on *", "with less CloudWatch tells of no composite alarms");
    for (String action : Set.of("DescribeExecution", "StopExecution")) {
      for (String machine : Set.of("drill-set", "run-policy", "snapshot-instance")) {
        REASONS.put(
            "states:%s on %s%s:*".formatted(action, EXECUTIONS, machine),
            "names are not known yet");
      }
    }
    REASONS.put(
        "states:RedriveExecution on %srun-policy/*:*".formatted(EXECUTIONS),
        "names are not known yet");
  }

  /** {@link RestoreGrantTest} has the conditions. */
  private static void restores() {
    String images = "arn:<Partition>:ec2:<Region>::image/*";
    String tasks = "arn:<Partition>:ec2:<Region>:<AccountId>:replace-root-volume-task/*";
    for (String action : Set.of("AttachVolume", "DetachVolume")) {
      REASONS.put("ec2:%s on %s".formatted(action, INSTANCES), "named by who asks for a restore");
      REASONS.put("ec2:%s on %s".formatted(action, VOLUMES), "ours; or put back, tagged or not");
    }
    REASONS.put("ec2:ModifyInstanceAttribute on " + INSTANCES, "named by who asks for a restore");
    REASONS.put("ec2:TerminateInstances on " + INSTANCES, "conditioned on the tag of a restore");
    REASONS.put("ec2:DeleteVolume on " + VOLUMES, "conditioned on the tag of a restore");
    REASONS.put("ec2:DeregisterImage on " + images, "conditioned on the tag of a restore");
    for (String resource : Set.of(images, VOLUMES, INSTANCES, tasks)) {
      REASONS.put("ec2:CreateTags on " + resource, "on create, or of one tag alone");
    }
    REASONS.put("ec2:RegisterImage on " + images, "not born yet; conditioned on our tag");
    REASONS.put("ec2:RegisterImage on " + SNAPSHOTS, "conditioned on our tag");
    REASONS.put("ec2:CreateVolume on " + VOLUMES, "not born yet; conditioned on our tag");
    REASONS.put("ec2:CreateVolume on " + SNAPSHOTS, "conditioned on our tag");
    for (String resource : Set.of(INSTANCES, SNAPSHOTS, VOLUMES, tasks)) {
      REASONS.put(
          "ec2:CreateReplaceRootVolumeTask on " + resource, "ours, or named by who asks for it");
    }
    for (String type :
        Set.of(
            "instance",
            "key-pair",
            "network-interface",
            "placement-group",
            "security-group",
            "subnet",
            "volume")) {
      REASONS.put(
          "ec2:RunInstances on arn:<Partition>:ec2:<Region>:<AccountId>:%s/*".formatted(type),
          "as the instance of the set was");
    }
    REASONS.put("ec2:RunInstances on " + images, "as the instance of the set was");
    REASONS.put("ec2:RunInstances on " + SNAPSHOTS, "conditioned on our tag");
    REASONS.put(
        "iam:PassRole on arn:<Partition>:iam::<AccountId>:role/*", "that of the set; to EC2 alone");
    for (String action :
        Set.of(
            "Decrypt",
            "DescribeKey",
            "GenerateDataKeyWithoutPlaintext",
            "ReEncryptFrom",
            "ReEncryptTo")) {
      REASONS.put(
          "kms:%s on %s".formatted(action, KEYS), "of any snapshot; conditioned on EC2 alone");
    }
  }

  /** {@link DrillGrantTest} has the conditions. */
  private static void drills() {
    REASONS.put(
        "ec2:CreateTags on arn:<Partition>:ec2:<Region>:<AccountId>:network-interface/*",
        "on create alone");
    for (String action : Set.of("DescribeDocument", "GetDocument", "SendCommand")) {
      REASONS.put(
          "ssm:%s on arn:<Partition>:ssm:<Region>:<AccountId>:document/freezeframe-drill-*"
              .formatted(action),
          "our own for drills; sent to what carries the tag of a drill");
    }
    REASONS.put(
        "ssm:GetParameters on arn:<Partition>:ssm:<Region>::parameter/aws/service/ami-amazon-linux-latest/*",
        "Amazon's newest image, for EC2, of each architecture");
    for (String action :
        Set.of(
            "ssm:UpdateInstanceInformation",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel")) {
      REASONS.put(action + " on *", "a drill instance takes commands; channels have no resource");
    }
  }

  @Test
  void everyWildcardIsInTheReasonedListAndTheListHoldsNoOther() {
    Set<String> wildcards = new TreeSet<>();
    for (Grants.Grant grant : Grants.all()) {
      if (grant.resource().contains("*")) {
        wildcards.add("%s on %s".formatted(grant.action(), grant.resource()));
      }
    }

    assertThat(wildcards).isEqualTo(REASONS.keySet());
  }

  /** Calls that set tags on what they create. */
  private static final Set<String> TAGGING =
      Set.of(
          "ec2:CreateReplaceRootVolumeTask",
          "ec2:CreateSnapshots",
          "ec2:CreateVolume",
          "ec2:RegisterImage",
          "ec2:RunInstances");

  @Test
  void noActionHasAWildcard() {
    assertThat(Grants.all()).extracting(Grants.Grant::action).noneMatch(a -> a.contains("*"));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aFunctionMayDoWhatItsCodeCallsAndNothingElse(String task) {
    Set<String> called = new TreeSet<>(CalledActions.of(task));
    if (!Collections.disjoint(called, TAGGING)) {
      called.add("ec2:CreateTags"); // for the tags that are set on create
    }
    if (called.contains("ec2:RunInstances")) {
      called.add("iam:PassRole"); // for the profile of the instance
    }
    if (task.equals("LaunchDrill")) {
      called.add("ssm:GetParameters"); // EC2 reads which image is the newest in our name
    }

    assertThat(Grants.ofTask(task)).isNotEmpty().isEqualTo(called);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aFunctionMayReadTheIndexesThatItsCodeReadsAndNoOther(String task) {
    Set<String> granted = new TreeSet<>();
    for (Grants.Grant grant : Grants.all()) {
      if (grant.role().startsWith("<Tasks" + task + "Role")
          && grant.resource().contains("/index/")) {
        granted.add(grant.resource().replaceFirst(".*/index/", ""));
      }
    }

    assertThat(granted).isEqualTo(CalledActions.indexes(task));
  }

  static Set<String> tasks() {
    return Task.byName().keySet();
  }

  @Test
  void aSnapshotIsCreatedOnlyWithOurTags() {
    assertThat(Grants.all())
        .filteredOn(grant -> grant.action().equals("ec2:CreateSnapshots"))
        .filteredOn(grant -> grant.resource().equals(SNAPSHOTS))
        .isNotEmpty()
        .allMatch(grant -> grant.conditions().contains("aws:RequestTag/freezeframe:run"));
  }

  @Test
  void aSnapshotIsTaggedOnlyOnCreateOrIfItIsOursOrToMakeItOurs() {
    assertThat(Grants.all())
        .filteredOn(grant -> grant.action().equals("ec2:CreateTags"))
        .filteredOn(grant -> grant.resource().equals(SNAPSHOTS))
        .isNotEmpty()
        .allMatch(
            grant ->
                grant.conditions().contains("\"ec2:CreateAction\":\"CreateSnapshots\"")
                    || grant.conditions().contains("aws:ResourceTag/freezeframe:run")
                    || (grant.role().startsWith("<TasksAdoptSnapshotsRole")
                        && grant.conditions().contains("aws:RequestTag/freezeframe:run")
                        && grant.conditions().contains("aws:TagKeys")));
  }

  @Test
  void aSnapshotIsDeletedOnlyIfItIsOurs() {
    assertThat(Grants.all())
        .filteredOn(grant -> grant.action().equals("ec2:DeleteSnapshot"))
        .allMatch(grant -> grant.conditions().contains("aws:ResourceTag/freezeframe:run"));
  }

  @Test
  void commandsGoToTargetsOnlyExceptToThawThem() {
    assertThat(Grants.all())
        .filteredOn(grant -> grant.action().equals("ssm:SendCommand"))
        .filteredOn(grant -> grant.resource().equals(INSTANCES))
        .isNotEmpty()
        .allMatch(grant -> grant.conditions().contains("ssm:resourceTag/") || isOfAThaw(grant));
  }

  @Test
  void commandsAreTheDocumentsOfThePoliciesOnly() {
    assertThat(Grants.all())
        .filteredOn(grant -> grant.action().equals("ssm:SendCommand"))
        .filteredOn(grant -> grant.resource().contains(":document/"))
        .filteredOn(grant -> !isOfAThaw(grant))
        .filteredOn(grant -> !grant.role().startsWith("<TasksValidateDrillRole"))
        .extracting(Grants.Grant::resource)
        .containsOnly(
            "arn:<Partition>:ssm:<Region>:<AccountId>:document/freezeframe-filesystem",
            "arn:<Partition>:ssm:<Region>::document/AWSEC2-CreateVssSnapshot");
  }

  /** {@link ThawGrantTest} has what else a thaw may send, and why. */
  @Test
  void aThawIsSentWithDocumentsThatAreMadeForItOnly() {
    assertThat(Grants.all())
        .filteredOn(grant -> grant.action().equals("ssm:SendCommand"))
        .filteredOn(LeastPrivilegeTest::isOfAThaw)
        .filteredOn(grant -> grant.resource().contains(":document/"))
        .filteredOn(grant -> grant.resource().contains("*"))
        .hasSize(2)
        .allMatch(
            grant ->
                grant
                    .conditions()
                    .equals("{\"StringEquals\":{\"aws:ResourceTag/DLMScriptsAccess\":\"true\"}}"));
  }

  private static boolean isOfAThaw(Grants.Grant grant) {
    return grant.role().matches("<Tasks(RunPostScript|ThawAbandoned)Role.*");
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aFunctionWritesTheRowsOfTheLedgerThatItsCodeWritesAndNoOthers(String task) {
    Set<String> granted = new TreeSet<>();
    for (Grants.Grant grant : Grants.all()) {
      if (grant.role().startsWith("<Tasks" + task + "Role")
          && grant.action().matches("dynamodb:(Put|Update|Delete|BatchWrite)Item")) {
        JsonNode keys =
            Json.read(grant.conditions()).at("/ForAllValues:StringLike/dynamodb:LeadingKeys");
        assertThat(keys).as(grant.toString()).isNotEmpty();
        keys.forEach(key -> granted.add(key.asText()));
      }
    }

    assertThat(granted).isEqualTo(WrittenRows.of(task));
  }

  @Test
  void alarmsAreReadByTheOneMachineThatStopsInstancesAndByNothingElse() {
    assertThat(Grants.all())
        .filteredOn(grant -> grant.action().startsWith("cloudwatch:"))
        .singleElement()
        .matches(grant -> grant.action().equals("cloudwatch:DescribeAlarms"))
        .matches(grant -> grant.role().startsWith("<Workflowssnapshotinstance"));
  }

  @Test
  void eventsArePutUnderOurNameOnly() {
    assertThat(Grants.all())
        .filteredOn(grant -> grant.action().equals("events:PutEvents"))
        .hasSize(4)
        .allMatch(
            grant ->
                grant
                    .conditions()
                    .equals("{\"StringEquals\":{\"events:source\":\"freezeframe\"}}"));
  }
}
