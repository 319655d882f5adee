package dev.freezeframe.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.asl.environment.Environment;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine decides otherwise than the one it is compared with, and what it refuses. */
class MachineTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "0, 'fails with States.ExceedToleratedFailureThreshold'",
    "49, 'fails with States.ExceedToleratedFailureThreshold'",
    "50, 'succeeds with [2,4]'",
    "100, 'succeeds with [2,4]'"
  })
  void aDistributedMapToleratesItsShareOfItemsThatFail(int percentage, String end) {
    assertThat(
            end(
                """
                {"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, "ItemsPath": "$.items",
                  "ToleratedFailurePercentage": %d,
                  "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "Odd?", "States": {
                    "Odd?": {"Type": "Choice", "Default": "Note", "Choices": [
                      {"Or": [{"Variable": "$", "NumericEquals": 1}, {"Variable": "$", "NumericEquals": 3}], "Next": "Refuse"}]},
                    "Refuse": {"Type": "Fail", "Error": "Odd", "Cause": "it is odd"},
                    "Note": {"Type": "Pass", "End": true}}}}}}
                """
                    .formatted(percentage),
                "{\"items\": [1, 2, 3, 4]}"))
        .isEqualTo(end);
  }

  @Test
  void aResultIsNotPutIntoAText() {
    assertThat(
            end(
                """
                {"StartAt": "Note", "States": {"Note": {"Type": "Pass", "Result": 1, "ResultPath": "$.text.inner", "End": true}}}
                """,
                "{\"text\": \"a\"}"))
        .isEqualTo("fails with States.ResultPathMatchFailure");
  }

  @Test
  void whatHappensInNoTimeNeedsNoStack() {
    StringBuilder states = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      states.append("\"S%d\": {\"Type\": \"Pass\", \"Next\": \"S%d\"}, ".formatted(i, i + 1));
    }
    assertThat(
            end(
                "{\"StartAt\": \"S0\", \"States\": {%s \"S20000\": {\"Type\": \"Succeed\"}}}"
                    .formatted(states),
                "{}"))
        .isEqualTo("succeeds with {}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Type':'Task','Resource':'task','HeartbeatSeconds':5,'End':true}|HeartbeatSeconds cannot be rehearsed",
        "{'Type':'Pass','Next':'T'}|expected Next to name a state, found 'T'",
        "{'Type':'Pass'}|expected Next to name a state, found ''",
        "{'Type':'Pass','InputPath':'$..a','End':true}|expected a path such as $.run.id or $$.Execution.Id, found '$..a'",
        "{'Type':'Pass','Parameters':{'a.$':'States.UUID()'},'End':true}|which cannot be rehearsed",
        "{'Type':'Wait','Timestamp':'2026-01-01T00:00:00Z','End':true}|Timestamp cannot be rehearsed",
        "{'Type':'Choice','Choices':[{'Variable':'$.a','StringMatches':'*','Next':'S'}]}|StringMatches cannot be rehearsed",
        "{'Type':'Task','Resource':'task','Retry':[{'ErrorEquals':['a'],'Max':1}],'End':true}|Max cannot be rehearsed"
      })
  void whatIsNotKnownIsRefusedWithItsState(String state, String message) {
    String asl = "{'StartAt':'S','States':{'S':%s}}".formatted(state).replace('\'', '"');

    assertThatThrownBy(() -> new MachineReader("m", Set.of("task")).read(json(asl)))
        .hasMessageStartingWith("state machine m, state 'S'")
        .hasMessageContaining(message);
  }

  /** The last line of what an execution does. */
  private static String end(String definition, String input) {
    try (VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T02:00:00Z"))) {
      String[] end = {"never ends"};
      Observed observed =
          new Observed(
              time,
              (question, times) ->
                  new Observed.TaskReply(Duration.ZERO, Optional.empty(), json("{}"))) {
            @Override
            public boolean entered(
                String state, String type, Optional<JsonNode> given, int depth, boolean counted) {
              return true;
            }
          };
      Machine machine = new MachineReader("m", Set.of()).read(json(definition));
      ObjectNode context = json("{\"Execution\": {\"Id\": \"a:b:c\", \"Name\": \"c\"}}");
      machine.run(
          machine.startAt(),
          json(input),
          context,
          new Environment(time, () -> 0.5, observed),
          output -> end[0] = "succeeds with " + output,
          error -> end[0] = "fails with " + error.name());
      time.run();
      return end[0];
    }
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }
}
