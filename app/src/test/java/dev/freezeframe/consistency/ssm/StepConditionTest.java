package dev.freezeframe.consistency.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freezeframe.common.Json;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a Linux guest, with command=pre-script. */
class StepConditionTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                                | true
          {"precondition": {"StringEquals": ["platformType", "Linux"]}}                       | true
          {"precondition": {"StringEquals": ["linux", "platformType"]}}                       | true
          {"precondition": {"StringEquals": ["platformType", "Windows"]}}                     | false
          {"precondition": {"StringEquals": ["{{ command }}", "pre-script"]}}                 | true
          {"precondition": {"StringEquals": ["pre-script", "{{command}}"]}}                   | true
          {"precondition": {"StringEquals": ["{{ command }}", "post-script"]}}                | false
          {"precondition": {"StringEquals": ["a", "b"]}}                                      | false
          {"precondition": {"StringEquals": ["a", "a"]}}                                      | false
          {"precondition": {"StringEquals": ["platformType", "platformType"]}}                | false
          {"precondition": {"StringEquals": ["platformType"]}}                                | false
          {"precondition": {"StringEquals": ["platformType", "{{ command }}"]}}               | false
          {"precondition": {"StringLike": ["platformType", "Linux"]}}                         | false
          {"precondition": {"StringEquals": ["platformType", "Linux"], "Not": ["a", "b"]}}    | false
          """)
  void aStepRunsOnlyUnderAConditionThatTheAgentKnowsAndThatHolds(String step, boolean runs)
      throws JsonProcessingException {
    StepCondition condition = new StepCondition("Linux", Map.of("command", "pre-script"));

    assertThat(condition.runs(Json.mapper().readTree(step))).isEqualTo(runs);
  }
}
