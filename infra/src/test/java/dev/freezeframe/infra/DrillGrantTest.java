package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.policy.PolicyReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the functions of drills may do, and what they may not. */
class DrillGrantTest {
  private static final String ROLE = "<Tasks(\\w+Drills?)Role.*";
  private static final String OURS = "\"Null\":{\"aws:ResourceTag/freezeframe:drill\":\"false\"}";
  private static final String BORN = "\"Null\":{\"aws:RequestTag/freezeframe:drill\":\"false\"}";
  private static final String SNAPSHOT = "\"Null\":{\"aws:ResourceTag/freezeframe:run\":\"false\"}";

  private static List<Grants.Grant> ofDrills() {
    return ofDrills(Synthesized.flattened());
  }

  private static List<Grants.Grant> ofDrills(JsonNode template) {
    return Grants.all(template).stream().filter(grant -> grant.role().matches(ROLE)).toList();
  }

  private static List<Grants.Grant> of(String action) {
    return ofDrills().stream().filter(grant -> grant.action().equals(action)).toList();
  }

  private static Set<String> who(String action) {
    return of(action).stream()
        .map(grant -> grant.role().replaceFirst(ROLE, "$1"))
        .collect(Collectors.toSet());
  }

  private static JsonNode template(String drill) {
    return Flattened.of(
        Synthesized.of(
            Map.of(),
            List.of(
                new PolicyReader()
                    .read("p.yaml", "name: p\ntargets: [backup=p]\n%s\n".formatted(drill)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ec2:AttachVolume",
        "ec2:CopySnapshot",
        "ec2:CreateReplaceRootVolumeTask",
        "ec2:CreateSnapshots",
        "ec2:CreateVolume",
        "ec2:DeleteSnapshot",
        "ec2:DeleteTags",
        "ec2:DetachVolume",
        "ec2:ModifyInstanceAttribute",
        "ec2:ModifySnapshotAttribute",
        "ec2:RebootInstances",
        "ec2:RegisterImage",
        "ec2:StartInstances",
        "ec2:StopInstances"
      })
  void noFunctionOfDrillsMay(String action) {
    assertThat(of(action)).isEmpty();
  }

  @Test
  void onlyOneFunctionLaunchesAndNothingThatDoesNotCarryTheTagOfADrillFromItsBirth() {
    assertThat(who("ec2:RunInstances")).containsExactly("LaunchDrill");
    for (String type : List.of("instance", "volume", "network-interface")) {
      assertThat(of("ec2:RunInstances"))
          .filteredOn(grant -> grant.resource().endsWith(":%s/*".formatted(type)))
          .singleElement()
          .matches(grant -> grant.conditions().contains(BORN), type);
    }
    assertThat(of("ec2:CreateTags"))
        .hasSize(3)
        .allMatch(
            grant ->
                grant
                    .conditions()
                    .equals("{\"StringEquals\":{\"ec2:CreateAction\":\"RunInstances\"}}"));
  }

  @Test
  void onlySnapshotsOfOursAreLaunched() {
    assertThat(of("ec2:RunInstances"))
        .filteredOn(grant -> grant.resource().endsWith("snapshot/*"))
        .singleElement()
        .matches(grant -> grant.conditions().contains(SNAPSHOT));
  }

  /** Each is named: none of them is a pattern. */
  @Test
  void nothingIsLaunchedOutsideTheNetworkForDrills() {
    assertThat(of("ec2:RunInstances"))
        .filteredOn(grant -> grant.resource().matches(".*:(subnet|security-group)/.*"))
        .hasSize(3)
        .noneMatch(grant -> grant.resource().contains("*"))
        .allMatch(grant -> grant.resource().contains("<DrillsNestedStack"));
    assertThat(of("ec2:RunInstances"))
        .filteredOn(grant -> grant.resource().matches(".*:(key-pair|placement-group)/.*"))
        .isEmpty();
  }

  @Test
  void aPolicyWithANetworkOfItsOwnNeedsNoOther() {
    JsonNode template =
        template(
            "drill: {subnets: [subnet-0123456789abcdef0], securityGroups: [sg-0123456789abcdef0]}");

    assertThat(Synthesized.resources(template, "AWS::EC2::VPC")).isEmpty();
    assertThat(ofDrills(template))
        .filteredOn(grant -> grant.resource().matches(".*:(subnet|security-group)/.*"))
        .extracting(Grants.Grant::resource)
        .containsExactlyInAnyOrder(
            "arn:<Partition>:ec2:<Region>:<AccountId>:subnet/subnet-0123456789abcdef0",
            "arn:<Partition>:ec2:<Region>:<AccountId>:security-group/sg-0123456789abcdef0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "drill: {level: L0}"})
  void whereNothingIsLaunchedThereIsNoNetworkAndNoPlaceToLaunchIn(String drill) {
    JsonNode template = template(drill);

    assertThat(Synthesized.resources(template, "AWS::EC2::VPC")).isEmpty();
    assertThat(Synthesized.resources(template, "AWS::EC2::VPCEndpoint")).isEmpty();
    assertThat(ofDrills(template))
        .filteredOn(grant -> grant.resource().contains(":subnet/"))
        .isEmpty();
  }

  @Test
  void thePolicyThatDrillsWithoutANetworkOfItsOwnGetsOne() {
    assertThat(Synthesized.resources("AWS::EC2::VPC")).hasSize(1);
    assertThat(Synthesized.resources("AWS::EC2::Subnet")).hasSize(2);
  }

  @Test
  void oneRoleIsPassedAndToEc2Alone() {
    assertThat(of("iam:PassRole"))
        .singleElement()
        .satisfies(
            grant -> {
              assertThat(grant.role()).startsWith("<TasksLaunchDrillRole");
              assertThat(grant.resource()).contains("ProfileRole").doesNotContain("*");
              assertThat(grant.conditions()).contains("iam:PassedToService");
            });
  }

  @Test
  void nothingIsTerminatedOrDeletedThatDoesNotCarryTheTagOfADrill() {
    for (String action : List.of("ec2:TerminateInstances", "ec2:DeleteVolume")) {
      assertThat(of(action)).allMatch(grant -> grant.conditions().contains(OURS), action);
      assertThat(who(action)).containsExactlyInAnyOrder("EndDrill", "SweepDrills");
    }
  }

  @Test
  void commandsGoToDrillInstancesAloneAndAreDocumentsForDrills() {
    assertThat(who("ssm:SendCommand")).containsExactly("ValidateDrill");
    assertThat(of("ssm:SendCommand"))
        .filteredOn(grant -> grant.resource().endsWith(":instance/*"))
        .singleElement()
        .matches(
            grant ->
                grant
                    .conditions()
                    .equals("{\"Null\":{\"ssm:resourceTag/freezeframe:drill\":\"false\"}}"));
    assertThat(of("ssm:SendCommand"))
        .filteredOn(grant -> !grant.resource().endsWith(":instance/*"))
        .extracting(Grants.Grant::resource)
        .containsExactly("arn:<Partition>:ssm:<Region>:<AccountId>:document/freezeframe-drill-*");
  }

  @Test
  void aDrillInstanceMayTakeCommandsAndNothingElse() {
    assertThat(Grants.all())
        .filteredOn(grant -> grant.role().contains("DrillsNestedStack"))
        .extracting(Grants.Grant::action)
        .containsExactlyInAnyOrder(
            "ssm:UpdateInstanceInformation",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel");
  }
}
