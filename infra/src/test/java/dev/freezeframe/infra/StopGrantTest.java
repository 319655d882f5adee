package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Only what a policy that stops selects can be stopped; what was stopped can be started, whatever
 * became of the policy and of its tags.
 */
class StopGrantTest {
  private static final Policy FREEZES =
      policy("name: daily\ntargets: [backup=freeze]\nscripts: {document: freezeframe-sync}");
  private static final Policy STOPS =
      policy("name: weekly\ntargets: [backup=stop, {key: legacy}]\nhold: stop");

  /** They stop and start what a person names; {@link RestoreGrantTest} has the rest. */
  private static final String RESTORES =
      "<Tasks(CreateVolumes|LaunchInstance|ReplaceRoot|StartTarget|StopTarget|SweepRestores"
          + "|UndoRestore)Role.*";

  private static Policy policy(String yaml) {
    return new PolicyReader().read("p.yaml", yaml);
  }

  private static List<Grants.Grant> grants(String action, Policy... policies) {
    return Grants.all(Flattened.of(Synthesized.of(Map.of(), List.of(policies)))).stream()
        .filter(grant -> grant.action().equals(action))
        .filter(grant -> !grant.role().matches(RESTORES))
        .toList();
  }

  @Test
  void onlyStopInstanceStopsAndOnlyTargetsOfPoliciesThatStop() {
    List<Grants.Grant> stops = grants("ec2:StopInstances", FREEZES, STOPS);

    assertThat(stops).allMatch(grant -> grant.role().startsWith("<TasksStopInstanceRole"));
    assertThat(stops)
        .extracting(Grants.Grant::conditions)
        .containsExactlyInAnyOrder(
            "{\"StringEquals\":{\"aws:ResourceTag/backup\":[\"stop\"]}}",
            "{\"Null\":{\"aws:ResourceTag/legacy\":\"false\"}}");
    assertThat(stops).allMatch(grant -> grant.resource().endsWith(":instance/*"));
  }

  @Test
  void nothingIsStoppedWhereNoPolicyStops() {
    assertThat(grants("ec2:StopInstances", FREEZES)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"StartInstance", "StartStopped", "ThawAbandoned"})
  void aPolicyThatIsTakenAwayLeavesItsInstancesToTheStart(String task) {
    assertThat(grants("ec2:StartInstances", FREEZES))
        .filteredOn(grant -> grant.role().startsWith("<Tasks" + task + "Role"))
        .singleElement()
        .matches(grant -> grant.conditions().isEmpty())
        .matches(grant -> grant.resource().endsWith(":instance/*"));
  }

  @Test
  void whoStartsGrantsEc2TheKeysOfTheVolumesAndNobodyElse() {
    assertThat(grants("kms:CreateGrant", FREEZES))
        .filteredOn(grant -> !grant.role().startsWith("<TasksLaunchDrillRole"))
        .hasSize(3)
        .allMatch(grant -> grant.resource().endsWith(":key/*"))
        .allMatch(
            grant ->
                grant.conditions().contains("\"kms:GrantIsForAWSResource\":\"true\"")
                    && grant.conditions().contains("\"kms:ViaService\""));
    assertThat(grants("ec2:StartInstances", FREEZES, STOPS))
        .extracting(Grants.Grant::role)
        .hasSize(3)
        .allMatch(role -> role.matches("<Tasks(StartInstance|StartStopped|ThawAbandoned)Role.*"));
  }
}
