package dev.freezeframe.rehearsal.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AbortAndRedriveTest {
  private final List<String> steps = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>();
  private String abortedAfter = "";
  private String failing = "";
  private final StatesBench bench =
      new StatesBench(
          1,
          new ExecutionFault() {
            @Override
            public boolean abortsAfter(String execution, String instanceId, String state) {
              return instanceId.equals("i-1") && state.equals(abortedAfter);
            }
          });
  private String machine;

  @BeforeEach
  void deploy() {
    bench.function("Step", this::step);
    machine = bench.deploy("three-steps");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void anExecutionIsAbortedAfterAStateAndBeforeTheNextBegins() {
    abortedAfter = "Freeze";

    Execution execution = bench.run(machine, "first", "{\"instanceId\":\"i-1\"}");

    assertThat(execution.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(execution.stateNames()).containsExactly("Freeze");
    assertThat(steps).containsExactly("freeze");
  }

  @Test
  void theFaultIsOfOneInstance() {
    abortedAfter = "Freeze";

    Execution execution = bench.run(machine, "first", "{\"instanceId\":\"i-2\"}");

    assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void anExecutionEndsWithItsLastStateAndCannotBeAbortedAfterIt() {
    abortedAfter = "Thaw";

    Execution execution = bench.run(machine, "first", "{\"instanceId\":\"i-1\"}");

    assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void aRedriveOfAnAbortedExecutionGoesOnWithTheNextState() {
    abortedAfter = "Freeze";
    Execution execution = bench.run(machine, "first", "{\"instanceId\":\"i-1\"}");
    abortedAfter = "";

    bench.states.redrive(execution.arn());
    bench.time.run();

    assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(execution.redriveCount()).isEqualTo(1);
    assertThat(execution.stateNames()).containsExactly("Freeze", "Snapshot", "Thaw");
    assertThat(inputs.get(1))
        .isEqualTo(
            "{\"step\":\"snapshot\",\"frozen\":{\"did\":\"freeze\"},\"redrives\":1,"
                + "\"original\":{\"instanceId\":\"i-1\"}}");
  }

  @Test
  void aRedriveOfAFailedExecutionRepeatsTheStateThatFailedWithTheSameInput() {
    failing = "snapshot";
    Execution execution = bench.run(machine, "first", "{\"instanceId\":\"i-3\"}");
    assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(execution.error()).contains("java.lang.IllegalStateException");
    failing = "";

    bench.states.redrive(execution.arn());
    assertThat(execution.status()).isEqualTo(ExecutionStatus.RUNNING);
    bench.time.run();

    assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(execution.error()).isEmpty();
    assertThat(execution.stateNames()).containsExactly("Freeze", "Snapshot", "Snapshot", "Thaw");
    assertThat(inputs.get(2)).isEqualTo(inputs.get(1).replace("\"redrives\":0", "\"redrives\":1"));
    assertThat(bench.events.stream().map(event -> event.at("/detail/status").asText()))
        .containsExactly("RUNNING", "FAILED", "RUNNING", "SUCCEEDED");
    assertThat(bench.events.stream().map(event -> event.path("id").asText()).distinct()).hasSize(4);
  }

  @Test
  void aLateAnswerOfTheFirstDriveIsNotHeardInTheSecond() {
    Execution execution = bench.start(machine, "first", "{}");
    bench.time.runUntil(StatesBench.START.plusMillis(100));
    bench.states.abort(execution.arn());
    bench.states.redrive(execution.arn());

    bench.time.run();

    assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(execution.stateNames()).containsExactly("Freeze", "Freeze", "Snapshot", "Thaw");
    assertThat(steps).containsExactly("freeze", "freeze", "snapshot", "thaw");
  }

  @Test
  void anExecutionThatRunsOrSucceededCannotBeRedriven() {
    Execution execution = bench.start(machine, "first", "{}");

    assertThatThrownBy(() -> bench.states.redrive(execution.arn()))
        .hasMessageStartingWith("Execution is RUNNING and cannot be redriven");
    bench.time.run();
    assertThatThrownBy(() -> bench.states.redrive(execution.arn()))
        .hasMessageStartingWith("Execution is SUCCEEDED and cannot be redriven");
  }

  private JsonNode step(JsonNode input) {
    String step = input.path("step").asText();
    steps.add(step);
    inputs.add(input.toString());
    if (step.equals(failing)) {
      throw new IllegalStateException("no");
    }
    return Json.object().put("did", step);
  }
}
