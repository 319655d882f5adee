package dev.freezeframe.rehearsal.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTest {

  @Test
  void placeholdersAreFilled() {
    try (StatesBench bench = new StatesBench()) {
      String machine =
          bench.states.deploy(
              "m", fail("${Why}: ${Because}"), Map.of("Why", "a $1", "Because", "b"));

      assertThat(bench.run(machine, "first", "{}").cause()).contains("a $1: b");
    }
  }

  @Test
  void aPlaceholderWithoutSubstitutionIsRefused() {
    assertThatThrownBy(() -> Definition.read("m", fail("${B} ${A}"), Map.of("C", "c")))
        .hasMessage(
            "state machine m: expected a substitution for each placeholder,"
                + " found none for ${A}, ${B}");
  }

  @Test
  void whatIsNotJsonIsRefused() {
    assertThatThrownBy(() -> Definition.read("m", "{", Map.of()))
        .hasMessageStartingWith("state machine m: expected JSON, found");
    assertThatThrownBy(() -> Definition.read("m", "[]", Map.of()))
        .hasMessage("state machine m: expected a JSON object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Type':'Task','Resource':'arn:aws:states:::sqs:sendMessage'}|found 'arn:aws:states:::sqs:",
        "{'Type':'Nap'}|found 'Nap'",
        "{'Type':'Pass','Assign':{}}|Assign cannot be rehearsed",
        "{'Type':'Pass','QueryLanguage':'JSONata'}|expected JSONPath, found JSONata",
        "{'Type':'Map','ItemReader':{}}|ItemReader cannot be rehearsed",
        "{'Type':'Map'}|expected an ItemProcessor"
      })
  void whatTheInterpreterWouldIgnoreIsRefusedWithItsState(String state, String message) {
    String asl = "{'StartAt':'S','States':{'S':%s}}".formatted(state).replace('\'', '"');

    assertThatThrownBy(() -> Definition.read("m", asl, Map.of()))
        .hasMessageStartingWith("state machine m, state 'S': ")
        .hasMessageContaining(message);
  }

  @Test
  void aMachineWithoutItsFirstStateIsRefused() {
    assertThatThrownBy(() -> Definition.read("m", "{\"StartAt\":\"S\",\"States\":{}}", Map.of()))
        .hasMessage("state machine m: expected StartAt to name one of its States, found 'S'");
  }

  @Test
  void whatTheInterpreterGetsWrongIsTranslated() {
    try (StatesBench bench = new StatesBench()) {
      bench.function(
          "Work",
          input -> {
            bench.time.pause(Duration.ofMinutes(10));
            return Json.object().put("done", true);
          });

      Execution execution = bench.run(bench.deploy("dialect"), "first", "{\"present\":1}");

      assertThat(execution.output()).hasToString("Optional[{\"worked\":{\"done\":true}}]");
    }
  }

  private static String fail(String cause) {
    return "{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Fail\",\"Cause\":\"%s\"}}}"
        .formatted(cause);
  }
}
