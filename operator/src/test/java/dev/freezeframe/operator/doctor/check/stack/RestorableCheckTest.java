package dev.freezeframe.operator.doctor.check.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Finding.Status;
import dev.freezeframe.operator.doctor.check.stack.RestorableCheck.NewestSet;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestorableCheckTest {
  private static final Instant AT = Instant.parse("2026-11-28T02:00:00Z");

  private final Policy policy = new PolicyReader().read("daily.yaml", "name: daily");

  private static NewestSet set(String instance, boolean facts) {
    return new NewestSet(new InstanceId(instance), AT, facts);
  }

  private Finding found(NewestSet... sets) {
    return RestorableCheck.of(policy, Asked.answer("dynamodb:Query", List.of(sets)));
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
    assertThat(RestorableCheck.of(policy, Asked.forbidden("dynamodb:Query")).found())
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
