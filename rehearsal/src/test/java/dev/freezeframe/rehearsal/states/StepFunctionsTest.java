package dev.freezeframe.rehearsal.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepFunctionsTest {
  private final StatesBench bench = new StatesBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aTaskGetsItsPayloadAndItsAnswerIsTheOutput() {
    bench.function(
        "Greet", input -> Json.object().put("text", "hello " + input.path("name").asText()));
    String machine = bench.deploy("greet");

    Execution execution = bench.run(machine, "first", "{\"name\":\"Ada\"}");

    assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(execution.output())
        .hasToString("Optional[{\"greeting\":\"hello Ada\",\"status\":200}]");
    assertThat(execution.stateNames()).containsExactly("Greet", "Done");
    assertThat(Duration.between(execution.startedAt(), execution.endedAt().orElseThrow()))
        .isEqualTo(Duration.ofMillis(800));
  }
}
