package dev.freezeframe.rehearsal.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MapStatesTest {
  private final StatesBench bench = new StatesBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void everyStateOfAnItemSeesTheItemAndTheExecution() {
    bench.function("Work", input -> pause(input, 10));

    Execution execution =
        bench.run(bench.deploy("items"), "first", "{\"items\":[\"a\",\"b\",\"c\"]}");

    JsonNode results = execution.output().orElseThrow().path("results");
    assertThat(results).hasSize(3);
    assertThat(results.get(2))
        .hasToString(
            "{\"number\":2,\"again\":2,\"value\":\"c\",\"state\":\"Note\",\"name\":\"first\","
                + "\"items\":[\"a\",\"b\",\"c\"]}");
  }

  @Test
  void theStatesOfItemsAreListedBelowTheirMap() {
    bench.function("Work", input -> pause(input, 10));

    Execution execution = bench.run(bench.deploy("items"), "first", "{\"items\":[\"a\",\"b\"]}");

    assertThat(execution.states())
        .extracting(state -> state.depth() + " " + state.name())
        .containsExactly("0 Each", "1 Work", "1 Work", "1 Note", "1 Note");
    assertThat(execution.stateNames()).containsExactly("Each");
    assertThat(execution.historyEvents()).isEqualTo(1 + 4 + 2 * (2 + 5 + 2) + 1);
  }

  @Test
  void noMoreItemsRunAtATimeThanAreAllowed() {
    List<Long> begins = new ArrayList<>();
    bench.function(
        "Work",
        input -> {
          begins.add(Duration.between(StatesBench.START, bench.time.instant()).toSeconds());
          return pause(input, 10);
        });

    bench.run(bench.deploy("items"), "first", "{\"items\":[\"a\",\"b\",\"c\",\"d\"]}");

    assertThat(begins).containsExactly(0L, 0L, 10L, 10L);
  }

  @Test
  void anItemThatFailsStopsTheOthersAndThoseThatHaveNotBegunNeverDo() {
    List<String> begun = new ArrayList<>();
    bench.function(
        "Work",
        input -> {
          begun.add(input.path("item").asText());
          if (input.path("item").asText().equals("a")) {
            throw new IllegalStateException("no");
          }
          return pause(input, 10);
        });

    Execution execution =
        bench.run(bench.deploy("items"), "first", "{\"items\":[\"a\",\"b\",\"c\",\"d\"]}");

    assertThat(execution.output())
        .hasToString("Optional[{\"error\":\"java.lang.IllegalStateException\"}]");
    assertThat(begun).containsExactly("a", "b");
    assertThat(execution.states()).extracting(EnteredState::name).doesNotContain("Note");
  }

  @Test
  void aDistributedMapRunsAFleetAndCountsNoneOfItInItsOwnHistory() {
    fleetFunction();
    bench.deploy("backup");

    Execution execution = bench.run(bench.deploy("fleet"), "daily", targets(200));

    assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(execution.historyEvents()).isLessThan(10);
    assertThat(bench.states.executions())
        .hasSize(201)
        .allMatch(each -> each.status() == ExecutionStatus.SUCCEEDED);
    assertThat(bench.states.executions().get(200).stateNames())
        .containsExactly(
            "Inspect",
            "Scripts?",
            "Dry run",
            "Run pre-script",
            "Create snapshots",
            "Run post-script",
            "Wait for completion",
            "Check snapshots",
            "All snapshots done?",
            "Record outcome",
            "Succeeded");
  }

  @Test
  void abortingAFleetAbortsEveryChild() {
    fleetFunction();
    bench.deploy("backup");
    Execution execution = bench.start(bench.deploy("fleet"), "daily", targets(20));
    bench.time.after(Duration.ofSeconds(60), () -> bench.states.abort(execution.arn()));

    bench.time.run();

    assertThat(bench.states.executions())
        .hasSize(21)
        .allMatch(each -> each.status() == ExecutionStatus.ABORTED);
  }

  @Test
  void theSameSeedGivesTheSameRunToTheByte() {
    String first = eventsOfAFleet(7);

    assertThat(eventsOfAFleet(7)).isEqualTo(first);
    assertThat(eventsOfAFleet(8)).isNotEqualTo(first);
  }

  private static String eventsOfAFleet(long seed) {
    try (StatesBench bench = new StatesBench(seed, ExecutionFault.NONE)) {
      bench.function("Step", input -> Json.object().put("settled", true));
      bench.deploy("backup");
      bench.run(bench.deploy("fleet"), "daily", targets(10));
      return bench.events.toString();
    }
  }

  private void fleetFunction() {
    bench.function(
        "Step",
        input -> {
          bench.time.pause(Duration.ofMillis(70));
          return Json.object().put("settled", true);
        });
  }

  private static String targets(int count) {
    ObjectNode input = Json.object();
    ArrayNode targets = input.putArray("targets");
    for (int i = 0; i < count; i++) {
      targets.addObject().put("instanceId", "i-%017x".formatted(i));
    }
    return input.toString();
  }

  private JsonNode pause(JsonNode input, int seconds) {
    bench.time.pause(Duration.ofSeconds(seconds));
    return input;
  }
}
