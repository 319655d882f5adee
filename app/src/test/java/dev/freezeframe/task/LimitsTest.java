package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.RunId;
import dev.freezeframe.input.InvalidInputException;
import dev.freezeframe.inventory.StartOffsets;
import dev.freezeframe.inventory.Target;
import dev.freezeframe.policy.Pacing;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.task.run.SelectTargetsTask;
import dev.freezeframe.task.stop.StartInstanceTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented limits of AWS at a fleet of 100,000, as docs/scale.md tells them. */
class LimitsTest {
  private static final int FLEET = 100_000;
  private static final int PAYLOAD = 256 * 1024;
  private static final int NAME = 80;
  private static final int HISTORY = 25_000;

  /** Scheduled, started, ended; a state besides is entered and exited. */
  private static final int EVENTS_OF_A_TRY = 3;

  /** A task that waits for another execution is submitted as well. */
  private static final int EVENTS_OF_A_WAIT = 4;

  /** A reading of alarms is good for five minutes; slots that are lost come back to it. */
  private static final int READINGS = 20;

  /** No attempt of a backup comes back to these. */
  private static final Set<String> OF_STOPS =
      Set.of(
          "Stop instance",
          "Stopped?",
          "Wait until stopped",
          "Read alarms",
          "Start instance",
          "Started?",
          "Wait until running");

  private static final Set<String> OF_SCRIPTS =
      Set.of(
          "Dry run",
          "Warm up functions",
          "Run pre-script",
          "Thaw",
          "Run post-script",
          "Prepare another thaw",
          "Thaw again");

  private static final Set<String> ONCE =
      Set.of(
          "First attempt",
          "Inspect instance",
          "Choose action",
          "Warm up functions",
          "Dry run",
          "Record snapshots",
          "Check snapshots",
          "Record outcome",
          "Announce outcome",
          "Backup failed");

  private static final String EMOJI = "\ud83d\ude00";
  private static final RunId MAX_RUN = new RunId("p".repeat(40) + "-20261122T020000Z");

  private static Policy largest() {
    StringBuilder targets = new StringBuilder();
    for (int target = 0; target < 20; target++) {
      targets.append("\"%02d%s=%s\",".formatted(target, EMOJI.repeat(126), EMOJI.repeat(256)));
    }
    return new PolicyReader()
        .read(
            "p.yaml",
            "{name: %s, targets: [%s], scripts: {document: %s}}"
                .formatted("p".repeat(40), targets, "d".repeat(128)));
  }

  private static int bytes(Object value) throws JsonProcessingException {
    return Json.mapper().writeValueAsString(value).getBytes(StandardCharsets.UTF_8).length;
  }

  private static InstanceId instance(int number) {
    return new InstanceId("i-%017x".formatted(number));
  }

  @Test
  void aPageOfTheLongestTargetsAndTheLargestPolicyFitIntoAState() throws JsonProcessingException {
    Policy policy = largest();
    List<Target> targets =
        IntStream.range(0, SelectTargetsTask.PAGE)
            .mapToObj(
                number ->
                    new Target(
                        instance(number),
                        SelectTargetsTask.reason(policy.targets().get(0)),
                        FLEET * 100L,
                        instance(number) + "-" + MAX_RUN))
            .toList();
    SelectTargetsTask.Selection selection =
        new SelectTargetsTask.Selection(
            true,
            MAX_RUN,
            targets,
            Optional.of(
                new SelectTargetsTask.Next(
                    MAX_RUN + "-page-99999",
                    new SelectTargetsTask.PageRequest(
                        99_999, Optional.of("t".repeat(1024)), FLEET))),
            "page");

    assertThat(bytes(selection) + bytes(policy)).isLessThan(PAYLOAD * 9 / 10);
  }

  @Test
  void aPolicyWhoseTagsWouldNotFitBesideAPageIsRefused() {
    String tag = "%s=%s".formatted(EMOJI.repeat(120), EMOJI.repeat(250));
    StringBuilder targets = new StringBuilder();
    for (int target = 0; target < 50; target++) {
      targets.append("\"%02d%s\",".formatted(target, tag));
    }

    assertThatThrownBy(
            () ->
                new PolicyReader()
                    .read("p.yaml", "{name: daily, targets: [%s]}".formatted(targets)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bytes of tags, expected 32 KB of targets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=b", "\ud83d\ude00=\ud83d\ude00", "\"\\=\"\\"})
  void theReasonOfATargetHasABoundInBytes(String text) throws JsonProcessingException {
    TagSelector tag =
        new TagSelector(text.repeat(60).substring(0, 120), Optional.of(text.repeat(50)));

    assertThat(bytes(SelectTargetsTask.reason(tag))).isLessThanOrEqualTo(2 * 105);
  }

  @Test
  void theLongestNamesOfExecutionsAreShortEnough() {
    assertThat(instance(0) + "-" + MAX_RUN).hasSize(77).hasSizeLessThanOrEqualTo(NAME);
    assertThat(MAX_RUN + "-page-" + SelectTargetsTask.MAX_PAGES).hasSizeLessThan(NAME);
    assertThat(FLEET / SelectTargetsTask.PAGE).isLessThan(SelectTargetsTask.MAX_PAGES);
  }

  @Test
  void aPageStartsNoMoreExecutionsAtOnceThanItsMapAllows() throws IOException {
    int concurrency = machine("run-policy").at("/States/Back up instances/MaxConcurrency").asInt();

    assertThat(concurrency).isBetween(SelectTargetsTask.PAGE, 10_000);
  }

  @Test
  void theLastOfAFleetHasItsTurnWhenTheRateOfCreateSnapshotsHasCaughtUp() {
    Pacing pacing = new PolicyReader().read("p.yaml", "name: daily").pacing();
    RunId run = RunId.of(largest().name(), Instant.parse("2026-11-22T02:00:00Z"));
    for (int fleet : new int[] {1_000, 10_000, FLEET}) {
      long last = StartOffsets.offsetSeconds(pacing, run, instance(fleet), fleet - 1);
      long limit = (fleet - 100L) / 5;

      assertThat(last - limit).as("seconds behind the limit of %d", fleet).isBetween(0L, 20L);
    }
    assertThat(Duration.ofSeconds(FLEET / 5)).isLessThan(Duration.ofHours(6));
  }

  @Test
  void theHistoryOfABackupStaysBelowItsLimit() throws IOException {
    JsonNode machine = machine("snapshot-instance");
    JsonNode states = machine.path("States");
    // The loop of waiting, a thousand times at most; and everything else, each with all its
    // retries, and
    // what an attempt does in each attempt.
    int loop =
        events(states.path("Wait for completion"), false)
            + events(states.path("Check snapshots"), false)
            + events(states.path("All snapshots done?"), false);
    int attempts = 1 + 3 + 6;
    // Nor does it thaw and wait more often than that for quotas that others have used up.
    int waits =
        events(states.path("Wait for slots"), false)
            + events(states.path("Take slots"), false)
            + events(states.path("Slots taken?"), false);
    // An execution stops its instance once: it waits for its turn as often as for slots, then
    // looks at most 70 times in two hours; so it does until the instance runs, and its agent.
    int stops =
        (250 + 70)
            * (events(states.path("Stop instance"), false)
                + events(states.path("Stopped?"), false)
                + events(states.path("Wait until stopped"), false));
    int starts =
        (StartInstanceTask.MAX_LOOKS + 20)
            * (events(states.path("Start instance"), false)
                + events(states.path("Started?"), false)
                + events(states.path("Wait until running"), false));
    // A policy has scripts or stops, and no backup goes through the states of both.
    int scripted = all(states, attempts, OF_STOPS);
    int stopped =
        all(states, 1, OF_SCRIPTS)
            + stops
            + READINGS * events(states.path("Read alarms"), true)
            + starts;

    // An attempt thaws in one of two states: after a failed pre-script, or after its set.
    scripted -=
        attempts
            * Math.min(
                events(states.path("Thaw"), true), events(states.path("Run post-script"), true));

    assertThat(loop).isLessThanOrEqualTo(10);
    assertThat(1000 * loop + 250 * waits + scripted).isLessThan(HISTORY);
    assertThat(1000 * loop + 250 * waits + stopped).isLessThan(HISTORY);
  }

  private static int all(JsonNode states, int attempts, Set<String> but) {
    int all = 0;
    for (Map.Entry<String, JsonNode> state : states.properties()) {
      if (!but.contains(state.getKey())) {
        all += events(state.getValue(), true) * (ONCE.contains(state.getKey()) ? 1 : attempts);
      }
    }
    return all;
  }

  /**
   * With every retry of every state. A step looks about 60 times in half an hour, an undo 430 times
   * in 30 hours, or the initialization 290 times in a day: what is initialized is not undone. 128
   * volumes take 4 looks more.
   */
  @Test
  void theHistoryOfARestoreOf128VolumesFits() throws IOException {
    JsonNode states = machine("restore-set").path("States");
    int events = all(states, 1, Set.of());
    for (Map.Entry<String, JsonNode> state : states.properties()) {
      int looks =
          switch (state.getKey()) {
            case "Undo restore" -> 430;
            case "Look at initialization" -> 0; // fewer than those of an undo
            default -> 64;
          };
      String asked = state.getValue().path("Next").asText();
      if (states.path(asked).path("Default").isTextual()
          && state.getValue().path("Type").asText().equals("Task")) {
        events += looks * (6 + 2 + 2);
      }
    }

    assertThat(events).isLessThan(HISTORY);
  }

  /** The plan and the volumes are in the ledger; the event has the volumes once. */
  @Test
  void theStateOfARestoreOf128VolumesFitsWithEveryProblemAtItsLongest() throws IOException {
    ObjectNode state = ((ObjectNode) Inputs.all().get("RecordRestore").get("work")).deepCopy();
    for (String problem : List.of("problem", "undoProblem", "initializationProblem")) {
      state.putObject(problem).put("Error", "e").put("Cause", "c".repeat(32_768));
    }
    ObjectNode event = state.putObject("end").putObject("answer");
    for (int volume = 0; volume < 128; volume++) {
      event
          .withArray("volumes")
          .addObject()
          .put("volumeId", "vol-%017x".formatted(volume))
          .put("snapshotId", "snap-%017x".formatted(volume))
          .put("device", "/dev/xvdaa")
          .put("gone", "never created");
    }
    event.put("reason", "r".repeat(32_768));

    assertThat(bytes(state)).isLessThan(PAYLOAD);
  }

  /** With every retry of every state, and once more after a redrive. */
  @Test
  void theHistoryOfAThawFitsThoughItIsThrottledForHours() throws IOException {
    int events = 0;
    for (JsonNode state : machine("thaw-abandoned").path("States")) {
      events += events(state, true);
    }

    assertThat(2 * events).isLessThan(HISTORY);
  }

  /** The input is in the event as text, and the cause of a failure is cut at 32 KiB. */
  @Test
  void theEventOfTheLargestBackupFitsWithEveryProblem() throws IOException {
    ObjectNode event = Inputs.all().get("ThawAbandoned").deepCopy();
    ObjectNode input = (ObjectNode) Json.mapper().readTree(event.at("/detail/input").asText());
    input.set("policy", Json.mapper().valueToTree(largest()));
    ((ObjectNode) event.get("detail"))
        .put("input", input.toString())
        .put("error", "e".repeat(256))
        .put("cause", "c".repeat(32_768));
    ObjectNode state = Json.mapper().createObjectNode();
    state.set("event", event);
    for (String problem : List.of("thawProblem", "recordProblem")) {
      state.putObject(problem).put("Error", "e").put("Cause", "c".repeat(32_768));
    }

    assertThat(bytes(state)).isLessThan(PAYLOAD);
  }

  @Test
  void theHistoryOfAPageDoesNotGrowWithItsTargets() throws IOException {
    JsonNode machine = machine("run-policy");
    int events = 0;
    for (JsonNode state : machine.path("States")) {
      events += events(state, true);
    }

    assertThat(machine.at("/States/Back up instances/ItemProcessor/ProcessorConfig/Mode").asText())
        .as("a distributed map keeps its children's histories apart")
        .isEqualTo("DISTRIBUTED");
    assertThat(events).isLessThan(700);
  }

  private static int events(JsonNode state, boolean retried) {
    boolean calls = state.path("Type").asText().equals("Task");
    int tries = 1;
    if (retried) {
      for (JsonNode retry : state.path("Retry")) {
        tries += retry.path("MaxAttempts").asInt(3);
      }
    }
    int of = state.path("Resource").asText().contains(".sync") ? EVENTS_OF_A_WAIT : EVENTS_OF_A_TRY;
    return 2 + (calls ? tries * of : 0);
  }

  @Test
  void theStateOfABackupOf128VolumesFitsWithEveryProblemAtItsLongest() throws IOException {
    ObjectNode state = ((ObjectNode) Inputs.all().get("RecordOutcome").get("work")).deepCopy();
    state.set("policy", Json.mapper().valueToTree(largest()));
    for (String problem : List.of("scriptProblem", "createProblem", "thawProblem", "problem")) {
      state.putObject(problem).put("Error", "e").put("Cause", "c".repeat(32_768));
    }
    ObjectNode volumes = (ObjectNode) state.at("/inspection/answer/volumes");
    ObjectNode set = (ObjectNode) state.at("/set/answer");
    for (int volume = 0; volume < 168; volume++) {
      String id = "vol-%017x".formatted(volume);
      volumes.withArray("reasons").add("%s is tagged %s...".formatted(id, EMOJI.repeat(60)));
      if (volume < 128) {
        volumes.withArray("included").add(id);
        set.withArray("members")
            .addObject()
            .put("volume", id)
            .put("snapshot", "snap-%017x".formatted(volume));
      }
    }

    assertThat(bytes(state)).isLessThan(PAYLOAD);
  }

  private static JsonNode machine(String name) throws IOException {
    Path file =
        Path.of(System.getProperty("freezeframe.root"), "statemachines", name + ".asl.json");
    return Json.mapper().readTree(Files.readString(file));
  }
}
