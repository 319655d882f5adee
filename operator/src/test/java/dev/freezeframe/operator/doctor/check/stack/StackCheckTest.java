package dev.freezeframe.operator.doctor.check.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Finding.Status;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackCheckTest {
  private static final String PERMISSION = "cloudformation:DescribeStacks";
  private static final String ID = "arn:aws:cloudformation:r:1:stack/outer-inner-1/uuid";

  private static Asked<Optional<DeployedStack>> stack(
      String name, String status, Map<String, Asked<Optional<DeployedStack>>> nested) {
    return Asked.answer(
        PERMISSION,
        Optional.of(
            new DeployedStack(
                name,
                status,
                Instant.EPOCH,
                Optional.empty(),
                Map.of(),
                List.of(
                    new Resource(
                        "Queue",
                        "AWS::SQS::Queue",
                        "url",
                        "",
                        JsonNodeFactory.instance.objectNode())),
                nested)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE_COMPLETE | UPDATE_COMPLETE | PASS | 2 resources in it and 1 nested stack",
        "UPDATE_COMPLETE | UPDATE_ROLLBACK_FAILED | FAIL | outer-inner-1 is UPDATE_ROLLBACK_FAILED",
        "UPDATE_COMPLETE | DELETE_IN_PROGRESS | FAIL | outer-inner-1 is DELETE_IN_PROGRESS",
        "UPDATE_IN_PROGRESS | DELETE_IN_PROGRESS | WARN | outer is UPDATE_IN_PROGRESS",
        "UPDATE_ROLLBACK_COMPLETE | UPDATE_COMPLETE | FAIL | outer is UPDATE_ROLLBACK_COMPLETE"
      })
  void theWorstOfAllStacksDecides(String outer, String inner, Status status, String words) {
    Finding finding =
        StackCheck.of("outer", stack("outer", outer, Map.of(ID, stack("inner", inner, Map.of()))));

    assertThat(finding.status()).isEqualTo(status);
    assertThat(finding.found()).contains(words);
  }

  @Test
  void oneInTheSecondRankIsJudgedToo() {
    Asked<Optional<DeployedStack>> gone = Asked.answer(PERMISSION, Optional.empty());

    Finding finding =
        StackCheck.of(
            "outer",
            stack(
                "outer",
                "CREATE_COMPLETE",
                Map.of("a", stack("a", "CREATE_COMPLETE", Map.of(ID, gone)))));

    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.found()).isEqualTo("the nested stack outer-inner-1 is gone");
  }

  @Test
  void oneThatMayNotBeReadIsAWarningAndLeavesTheRestKnown() {
    Asked<Optional<DeployedStack>> read =
        stack(
            "outer",
            "CREATE_COMPLETE",
            Map.of("a", Asked.forbidden(PERMISSION), "b", stack("b", "CREATE_COMPLETE", Map.of())));

    assertThat(StackCheck.of("outer", read).status()).isEqualTo(Status.WARN);
    assertThat(read.value().orElseThrow().orElseThrow().of("AWS::SQS::Queue")).hasSize(2);
    assertThat(read.value().orElseThrow().orElseThrow().isReadInPart()).isTrue();
  }
}
