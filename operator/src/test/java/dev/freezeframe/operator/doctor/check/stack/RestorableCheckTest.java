package dev.freezeframe.operator.doctor.check.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Finding.Status;
import dev.freezeframe.operator.doctor.check.fleet.RestoreRisks;
import dev.freezeframe.operator.doctor.check.stack.RestorableCheck.NewestSet;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestorableCheckTest {
  private static final Instant AT = Instant.parse("2026-11-28T02:00:00Z");

  private final Policy policy = new PolicyReader().read("daily.yaml", "name: daily");

  private static NewestSet set(String instance, boolean known) {
    InstanceId id = new InstanceId(instance);
    return new NewestSet(
        id,
        AT,
        Optional.of(
            new RestoreFacts(
                AttemptId.of(instance, 1),
                id,
                AT,
                Optional.of(InstanceSettings.unknown()).filter(any -> known),
                List.of())));
  }

  private Finding found(NewestSet... sets) {
    return found(RestoreRisks.NONE, sets);
  }

  private Finding found(RestoreRisks risks, NewestSet... sets) {
    return RestorableCheck.of(policy, Asked.answer("dynamodb:Query", List.of(sets)), risks);
  }

  @Test
  void whatARestoreNeedsAndIsNotThereIsNamed() {
    NewestSet set = set("i-0aaa0000000000001", true);

    Finding gone = found(new RestoreRisks(List.of("key k is Disabled"), List.of()), set);
    assertThat(gone.status()).isEqualTo(Status.WARN);
    assertThat(gone.found()).isEqualTo("key k is Disabled");
    assertThat(gone.todo()).contains("docs/restoring.md");

    Finding unknown = found(new RestoreRisks(List.of(), List.of("EC2 did not answer")), set);
    assertThat(unknown.status()).isEqualTo(Status.WARN);
    assertThat(unknown.found()).isEqualTo("EC2 did not answer");
  }

  @Test
  void theFactsOfTheSetsAreWhatAwsIsAskedAbout() {
    NewestSet set = set("i-0aaa0000000000001", true);

    assertThat(RestorableCheck.facts(Asked.answer("dynamodb:Query", List.of(set))))
        .containsExactly(set.facts().orElseThrow());
    assertThat(RestorableCheck.facts(Asked.forbidden("dynamodb:Query"))).isEmpty();
  }

  @Test
  void setsWithFactsPassAndSoDoesAPolicyWithoutSets() {
    assertThat(found(set("i-0aaa0000000000001", true)).status()).isEqualTo(Status.PASS);
    assertThat(found().found()).isEqualTo("there is no set yet");
  }

  @Test
  void aSetWithoutFactsIsNamed() {
    Finding finding = found(set("i-0aaa0000000000001", true), set("i-0aaa0000000000002", false));
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.found())
        .isEqualTo(
            "how i-0aaa0000000000002 was set is not on record with its newest set, of 2026-11-28T02:00:00Z");
  }

  @Test
  void whoMayNotReadTheLedgerLearnsThePermission() {
    assertThat(
            RestorableCheck.of(policy, Asked.forbidden("dynamodb:Query"), RestoreRisks.NONE)
                .found())
        .contains("dynamodb:Query");
  }

  @Test
  void aStackWithoutTheStateMachineFails() {
    assertThat(RestorableCheck.machine(stack(Map.of())).status()).isEqualTo(Status.FAIL);
    assertThat(RestorableCheck.machine(stack(Map.of(RestorableCheck.MACHINE, "arn"))).status())
        .isEqualTo(Status.PASS);
  }

  private static DeployedStack stack(Map<String, String> outputs) {
    return new DeployedStack(
        "freezeframe", "CREATE_COMPLETE", AT, Optional.empty(), outputs, List.of(), Map.of());
  }
}
