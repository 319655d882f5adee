package dev.freezeframe.rehearsal.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NestedExecutionsTest {
  private final StatesBench bench = new StatesBench();
  private final String child = bench.deploy("child");
  private final String parent = bench.deploy("parent");

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aParentWaitsForItsChildAndGetsItsOutputAsJson() {
    Execution execution =
        bench.run(parent, "p", "{\"child\":\"c\",\"input\":{\"seconds\":60,\"fails\":false}}");

    assertThat(execution.output())
        .hasToString(
            "Optional[{\"output\":{\"seconds\":60,\"fails\":false},\"status\":\"SUCCEEDED\"}]");
    assertThat(bench.states.executions()).hasSize(2);
    assertThat(Duration.between(execution.startedAt(), execution.endedAt().orElseThrow()))
        .isEqualTo(Duration.ofMillis(60_200));
  }

  @Test
  void aChildThatFailsIsATaskThatFailedWithItsDescriptionAsCause() {
    Execution execution =
        bench.run(parent, "p", "{\"child\":\"c\",\"input\":{\"seconds\":1,\"fails\":true}}");

    JsonNode output = execution.output().orElseThrow();
    assertThat(output.path("error").asText()).isEqualTo("States.TaskFailed");
    assertThat(output.at("/child/Status").asText()).isEqualTo("FAILED");
    assertThat(output.at("/child/Error").asText()).isEqualTo("NoVolumeLeft");
    assertThat(output.at("/child/Cause").asText()).isEqualTo("all of them are excluded");
    assertThat(output.at("/child/ExecutionArn").asText()).endsWith(":execution:child:c");
  }

  @Test
  void aChildWhoseNameExistsIsRefusedByName() {
    bench.run(child, "c", "{\"seconds\":1,\"fails\":false}");

    Execution execution =
        bench.run(parent, "p", "{\"child\":\"c\",\"input\":{\"seconds\":1,\"fails\":false}}");

    assertThat(execution.stateNames()).containsExactly("Run child", "Was there");
  }

  @Test
  void aSecondParentJoinsTheSameChildWhileItRuns() {
    String input = "{\"child\":\"c\",\"input\":{\"seconds\":60,\"fails\":false}}";
    Execution first = bench.start(parent, "p1", input);
    Execution second = bench.start(parent, "p2", input);

    bench.time.run();

    assertThat(first.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(second.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(bench.states.executions()).hasSize(3);
  }

  @Test
  void abortingAParentAbortsTheChildItWaitsFor() {
    Execution execution =
        bench.start(parent, "p", "{\"child\":\"c\",\"input\":{\"seconds\":600,\"fails\":false}}");
    bench.time.after(Duration.ofSeconds(10), () -> bench.states.abort(execution.arn()));

    bench.time.run();

    assertThat(bench.states.executions())
        .hasSize(2)
        .allMatch(each -> each.status() == ExecutionStatus.ABORTED)
        .allMatch(each -> each.endedAt().orElseThrow().equals(StatesBench.START.plusSeconds(10)));
  }

  @Test
  void abortingAChildFailsTheTaskOfItsParent() {
    Execution execution =
        bench.start(parent, "p", "{\"child\":\"c\",\"input\":{\"seconds\":600,\"fails\":false}}");
    bench.time.after(
        Duration.ofSeconds(10), () -> bench.states.abort(bench.states.executions().get(1).arn()));

    bench.time.run();

    assertThat(execution.output().orElseThrow().at("/child/Status").asText()).isEqualTo("ABORTED");
  }

  @Test
  void aMachineStartsItsOwnNextPageAndDoesNotWait() {
    Execution first = bench.run(bench.deploy("pages"), "page-first", "{\"left\":3}");

    assertThat(first.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(bench.states.executions())
        .extracting(Execution::name)
        .containsExactly("page-first", "page-3", "page-2", "page-1");
  }
}
