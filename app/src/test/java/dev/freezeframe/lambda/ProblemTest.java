package dev.freezeframe.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemTest {

  @Test
  void theCauseOfAFunctionIsItsMessage() {
    Problem problem =
        new Problem("a.B", "{\"errorMessage\":\"the disk is full\",\"errorType\":\"a.B\"}");

    assertThat(problem.words()).isEqualTo("the disk is full");
  }

  @Test
  void plainWordsStayAsTheyAre() {
    assertThat(new Problem("States.Timeout", "it took too long").words())
        .isEqualTo("it took too long");
    assertThat(new Problem("States.Timeout", "").words()).isEqualTo("States.Timeout");
  }

  @Test
  void aMissingEnvironmentVariableIsNamed() {
    assertThatThrownBy(() -> Environment.of(Map.of()))
        .hasMessage("environment variable LEDGER_TABLE: expected a value, found none");
  }
}
