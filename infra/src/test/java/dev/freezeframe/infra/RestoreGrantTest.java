package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the functions of restores may do, and what they may not. */
class RestoreGrantTest {
  private static final String OURS = "\"Null\":{\"aws:ResourceTag/freezeframe:restore\":\"false\"}";
  private static final String BORN = "\"Null\":{\"aws:RequestTag/freezeframe:restore\":\"false\"}";
  private static final String SNAPSHOT = "\"Null\":{\"aws:ResourceTag/freezeframe:run\":\"false\"}";

  /** {@link DrillGrantTest} has what drills may do. */
  private static List<Grants.Grant> of(String action) {
    return Grants.all().stream()
        .filter(grant -> grant.action().equals(action))
        .filter(grant -> !grant.role().matches("<Tasks\\w+Drills?Role.*"))
        .toList();
  }

  private static Set<String> who(String action) {
    return of(action).stream()
        .map(grant -> grant.role().replaceFirst("^<Tasks(\\w+?)Role.*", "$1"))
        .collect(Collectors.toSet());
  }

  @Test
  void nothingIsDeletedThatDoesNotCarryTheTagOfARestore() {
    for (String action :
        List.of("ec2:DeleteVolume", "ec2:TerminateInstances", "ec2:DeregisterImage")) {
      assertThat(of(action))
          .isNotEmpty()
          .allMatch(grant -> grant.conditions().contains(OURS), action);
    }
    assertThat(who("ec2:DeleteVolume")).containsExactlyInAnyOrder("CleanRestore", "SweepRestores");
    assertThat(who("ec2:TerminateInstances"))
        .containsExactlyInAnyOrder("CleanRestore", "SweepRestores");
  }

  @Test
  void whatIsCreatedCarriesTheTagOfARestoreFromItsBirth() {
    for (String action : List.of("ec2:CreateVolume", "ec2:RegisterImage", "ec2:RunInstances")) {
      assertThat(of(action))
          .filteredOn(grant -> grant.resource().matches(".*:(volume|image|instance)/\\*"))
          .filteredOn(
              grant -> !(action.equals("ec2:RunInstances") && grant.resource().contains("image")))
          .isNotEmpty()
          .allMatch(grant -> grant.conditions().contains(BORN), action);
      assertThat(of(action))
          .filteredOn(grant -> grant.resource().endsWith("snapshot/*"))
          .isNotEmpty()
          .allMatch(grant -> grant.conditions().contains(SNAPSHOT), action);
    }
  }

  @Test
  void volumesAreAttachedOnlyIfARestoreCreatedThem() {
    assertThat(of("ec2:AttachVolume"))
        .filteredOn(grant -> grant.role().startsWith("<TasksAttachVolumesRole"))
        .filteredOn(grant -> grant.resource().endsWith("volume/*"))
        .singleElement()
        .matches(grant -> grant.conditions().contains(OURS));
    assertThat(who("ec2:AttachVolume"))
        .containsExactlyInAnyOrder("AttachVolumes", "UndoRestore", "SweepRestores");
  }

  @Test
  void onlyWhatPutsVolumesIntoAnInstanceStopsAndStartsIt() {
    assertThat(who("ec2:StopInstances"))
        .containsExactlyInAnyOrder("StopInstance", "StopTarget", "UndoRestore", "SweepRestores");
    assertThat(who("ec2:StartInstances"))
        .containsExactlyInAnyOrder(
            "StartInstance",
            "StartStopped",
            "ThawAbandoned",
            "StartTarget",
            "UndoRestore",
            "SweepRestores");
  }

  @Test
  void rolesArePassedToEc2Alone() {
    assertThat(who("iam:PassRole")).containsExactly("LaunchInstance");
    assertThat(of("iam:PassRole"))
        .allMatch(
            grant ->
                grant
                    .conditions()
                    .equals(
                        "{\"StringEquals\":{\"iam:PassedToService\":{\"Fn::Join\":[\"\","
                            + "[\"ec2.\",{\"Ref\":\"AWS::URLSuffix\"}]]}}}"));
  }

  @Test
  void keysAreUsedByEc2Alone() {
    for (String action :
        List.of("kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo")) {
      assertThat(of(action))
          .isNotEmpty()
          .allMatch(grant -> grant.conditions().contains("\"kms:ViaService\":"), action);
      assertThat(who(action))
          .containsExactlyInAnyOrder("CreateVolumes", "LaunchInstance", "ReplaceRoot");
    }
    assertThat(of("kms:CreateGrant"))
        .allMatch(grant -> grant.conditions().contains("\"kms:GrantIsForAWSResource\":\"true\""));
  }

  @Test
  void theOldVolumesAreTaggedByOneTagAndNoOther() {
    assertThat(of("ec2:CreateTags"))
        .filteredOn(grant -> grant.role().startsWith("<TasksDetachReplacedRole"))
        .singleElement()
        .matches(
            grant -> grant.conditions().contains("\"aws:TagKeys\":[\"freezeframe:replaced-by\"]"));
  }
}
