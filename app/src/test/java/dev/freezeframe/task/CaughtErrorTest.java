package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaughtErrorTest {

  @Test
  void theCauseOfAFunctionIsItsMessage() {
    CaughtError problem =
        new CaughtError("a.B", "{\"errorMessage\":\"the disk is full\",\"errorType\":\"a.B\"}");

    assertThat(problem.words()).isEqualTo("the disk is full");
  }

  @Test
  void plainWordsStayAsTheyAre() {
    assertThat(new CaughtError("States.Timeout", "it took too long").words())
        .isEqualTo("it took too long");
    assertThat(new CaughtError("States.Timeout", "").words()).isEqualTo("States.Timeout");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Rate Exceeded. (Service: Lambda, Status Code: 429, Request ID: 3b6e-1) | Rate Exceeded.
          Rate exceeded (Service: Ssm, Status Code: 400, Request ID: null) (SDK Attempt Count: 4) | Rate exceeded
          Read timed out (SDK Attempt Count: 1) | Read timed out
          the script (as it stands) failed | the script (as it stands) failed
          """)
  void theNumbersOfAnSdkAreNoPartOfAReason(String cause, String words) {
    assertThat(new CaughtError("Lambda.TooManyRequestsException", cause).words()).isEqualTo(words);
    assertThat(new CaughtError("a.B", "{\"errorMessage\":\"%s\"}".formatted(cause)).words())
        .isEqualTo(words);
  }

  @Test
  void aMissingEnvironmentVariableIsNamed() {
    assertThatThrownBy(() -> Environment.of(Map.of()))
        .hasMessage("environment variable LEDGER_TABLE: expected a value, found none");
  }
}
