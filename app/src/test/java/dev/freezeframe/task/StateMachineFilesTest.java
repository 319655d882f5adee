package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.Json;
import dev.freezeframe.slot.SlotsLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateMachineFilesTest {
  /** These report a failure by failing, so that a redrive looks again; see the decision 0001. */
  private static final Set<String> FAIL_THEMSELVES =
      Set.of(
          "Select targets",
          "Count missing outcomes",
          "Run failed",
          "Record outcome",
          "Backup failed",
          "Plan expiry",
          "Delete snapshots",
          "Thaw guest again",
          "Record again",
          "Start instance",
          "Record restore",
          "Choose drills",
          "Record drill",
          "Delete what is left");

  private static final Pattern EXCEPTION = Pattern.compile("dev\\.freezeframe\\.[A-Za-z.]+");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");

  static List<Path> files() throws IOException {
    Path folder = Path.of(System.getProperty("freezeframe.root"), "statemachines");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".asl.json")).sorted().toList();
    }
  }

  private static JsonNode read(Path file) {
    try {
      return Json.mapper().readTree(Files.readString(file));
    } catch (IOException unreadable) {
      throw new IllegalStateException(file.toString(), unreadable);
    }
  }

  /** Every state of a machine, those of its map included. */
  private static Map<String, JsonNode> states(JsonNode machine) {
    Map<String, JsonNode> states = new TreeMap<>();
    machine
        .path("States")
        .properties()
        .forEach(
            state -> {
              states.put(state.getKey(), state.getValue());
              states.putAll(states(state.getValue().path("ItemProcessor")));
            });
    return states;
  }

  @Test
  void aBackupTakesOfItsInputWhatIsAskedForAndNothingThatItsOwnStatesWrite() throws IOException {
    JsonNode machine =
        files().stream()
            .filter(file -> file.endsWith("snapshot-instance.asl.json"))
            .map(StateMachineFilesTest::read)
            .findFirst()
            .orElseThrow();
    JsonNode first = machine.path("States").path(machine.path("StartAt").asText());

    assertThat(first.path("Type").asText()).isEqualTo("Pass");
    assertThat(first.has("ResultPath") || first.has("InputPath") || first.has("OutputPath"))
        .as("the result is all that goes on")
        .isFalse();
    assertThat(first.path("Parameters").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("instanceId.$", "runId.$", "policy.$", "attempt");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyExceptionThatAFileNamesExists(Path file) throws Exception {
    Matcher names = EXCEPTION.matcher(Files.readString(file));
    while (names.find()) {
      assertThat(Class.forName(names.group())).isAssignableTo(RuntimeException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyPlaceholderIsATaskOrAMachine(Path file) throws Exception {
    Set<String> known = new TreeSet<>(Task.byName().keySet());
    known.add("SnapshotInstance");
    known.add("DrillSet");
    Matcher names = PLACEHOLDER.matcher(Files.readString(file));
    while (names.find()) {
      assertThat(known).contains(names.group(1));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyTaskIsBoundedRetriedAndCaught(Path file) {
    states(read(file))
        .forEach(
            (name, state) -> {
              if (!state.path("Type").asText().equals("Task")) {
                return;
              }
              assertThat(state.has("TimeoutSeconds")).as(name + " has a time-out").isTrue();
              assertThat(state.has("Retry")).as(name + " says what is retried").isTrue();
              assertThat(state.has("Catch") || FAIL_THEMSELVES.contains(name))
                  .as(name + " is caught")
                  .isTrue();
            });
  }

  @ParameterizedTest
  @MethodSource("files")
  void noFunctionIsAskedAgainWithAnInputThatItRefused(Path file) {
    states(read(file))
        .forEach(
            (name, state) -> {
              if (!state.path("Resource").asText().endsWith(":lambda:invoke")) {
                return;
              }
              for (JsonNode retrier : state.path("Retry")) {
                String errors = retrier.path("ErrorEquals").toString();
                if (errors.contains(InputRefusedException.class.getName())) {
                  assertThat(retrier.path("MaxAttempts").asInt(-1)).as(name).isZero();
                  return;
                }
                assertThat(
                        errors.contains("States.ALL") && retrier.path("MaxAttempts").asInt(3) > 0)
                    .as(name + " tries everything again")
                    .isFalse();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyStateNameFitsTheConsole(Path file) {
    assertThat(states(read(file)).keySet())
        .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(80).matches("[A-Z].*"));
  }

  @Test
  void createSnapshotsIsNeverTriedTwice() {
    JsonNode retry = instanceMachine().get("Create snapshots").path("Retry");

    assertThat(retry).hasSize(1);
    assertThat(retry.get(0).path("ErrorEquals").get(0).asText()).isEqualTo("States.ALL");
    assertThat(retry.get(0).path("MaxAttempts").asInt(-1)).isZero();
  }

  private static Map<String, JsonNode> instanceMachine() {
    return states(
        read(
            Path.of(
                System.getProperty("freezeframe.root"),
                "statemachines",
                "snapshot-instance.asl.json")));
  }

  /** Choices that ask whether there is a thaw to do, and the way on if the policy has none. */
  private static final Map<String, String> NO_POST_SCRIPT_WANTED =
      Map.of("Needs thaw?", "Frozen by another run?", "Has post-script?", "Set taken?");

  @Test
  void everyPathOutOfAFreezeThaws() {
    Map<String, JsonNode> states = instanceMachine();
    List<List<String>> escapes = new ArrayList<>();
    walk(states, "Run pre-script", new ArrayList<>(), escapes);

    assertThat(escapes).isEmpty();
  }

  /**
   * Errors of *Run pre-script* which say that nothing was sent, so that nothing is to be thawed.
   */
  private static final Set<String> NOTHING_WAS_SENT =
      Set.of(
          "dev.freezeframe.consistency.script.CommandThrottledException",
          "dev.freezeframe.consistency.script.CommandRefusedException",
          "Lambda.TooManyRequestsException");

  @Test
  void aPreScriptIsTriedAgainOnlyWhereNothingWasSent() {
    Set<String> tried = new TreeSet<>();
    instanceMachine()
        .get("Run pre-script")
        .path("Retry")
        .forEach(retry -> retry.path("ErrorEquals").forEach(error -> tried.add(error.asText())));

    assertThat(tried)
        .containsExactlyInAnyOrder(
            "dev.freezeframe.consistency.script.CommandThrottledException",
            "dev.freezeframe.task.ThrottledException",
            "Lambda.TooManyRequestsException",
            "Lambda.SnapStartNotReadyException",
            "Lambda.ResourceNotReadyException",
            "Lambda.CodeArtifactUserPendingException");
  }

  private static boolean nothingWasSent(JsonNode choice) {
    List<String> errors = choice.findValuesAsText("StringEquals");
    return Set.copyOf(choice.findValuesAsText("Variable")).equals(Set.of("$.scriptProblem.Error"))
        && NOTHING_WAS_SENT.containsAll(errors);
  }

  @Test
  void everyPathOutOfAStopStarts() {
    Map<String, JsonNode> states = instanceMachine();
    List<List<String>> escapes = new ArrayList<>();
    walk(states, "Stop instance", STOPPED, new ArrayList<>(), escapes);

    assertThat(escapes).isEmpty();
  }

  /** After a start nothing leads to another stop: one downtime is all that a backup costs. */
  @Test
  void anInstanceIsStoppedOnceByItsExecution() {
    Map<String, JsonNode> states = instanceMachine();
    Set<String> reached = new TreeSet<>();
    List<String> open = new ArrayList<>(List.of("Started?"));
    while (!open.isEmpty()) {
      String name = open.remove(0);
      if (!name.equals("Wait until running") && reached.add(name)) {
        open.addAll(nextsAfterAStart(states.get(name)));
      }
    }

    assertThat(reached).contains("Succeeded", "Record snapshots").doesNotContain("Stop instance");
  }

  /** A choice that asks for {@code $.start} is made there, and no later one or default. */
  private static Set<String> nextsAfterAStart(JsonNode state) {
    Set<String> nexts = new TreeSet<>();
    for (JsonNode choice : state.path("Choices")) {
      nexts.add(choice.path("Next").asText());
      if (choice.path("Variable").asText().equals("$.start")) {
        return nexts;
      }
      if (choice.path("And").path(0).path("Variable").asText().equals("$.start")) {
        // What is tried again is named there: the choices after it are of other errors.
        Set<String> decided = Set.copyOf(choice.findValuesAsText("StringEquals"));
        state
            .path("Choices")
            .forEach(
                other -> {
                  if (!decided.contains(other.path("StringEquals").asText())) {
                    nexts.add(other.path("Next").asText());
                  }
                });
        nexts.add(state.path("Default").asText());
        return nexts;
      }
    }
    state.path("Catch").forEach(caught -> nexts.add(caught.path("Next").asText()));
    for (String way : List.of("Next", "Default")) {
      if (state.has(way)) {
        nexts.add(state.path(way).asText());
      }
    }
    return nexts;
  }

  /** Choices that nobody gets to by a freeze: a policy that freezes stops nothing. */
  private static boolean isOfAStop(JsonNode choice) {
    return choice.path("Variable").asText().equals("$.stop");
  }

  private static final Set<String> THAWED = Set.of("Thaw", "Run post-script");

  private static final Set<String> STOPPED = Set.of("Start instance");

  /**
   * What *Stopped?* leads to where nothing was stopped, and *Stop instance* where it was not yet.
   */
  private static final Map<String, Set<String>> NOTHING_WAS_STOPPED =
      Map.of(
          "Stopped?", Set.of("Record outcome", "Wait until stopped"),
          "Has post-script?", Set.of("Run post-script", "Set taken?"));

  /** Follows every edge until a thaw; reaching an end, or a state that waits, is an escape. */
  private static void walk(
      Map<String, JsonNode> states, String name, List<String> path, List<List<String>> escapes) {
    walk(states, name, THAWED, path, escapes);
  }

  private static void walk(
      Map<String, JsonNode> states,
      String name,
      Set<String> ends,
      List<String> path,
      List<List<String>> escapes) {
    if (path.contains(name)) {
      return;
    }
    List<String> here = new ArrayList<>(path);
    here.add(name);
    if (ends.contains(name)) {
      return;
    }
    JsonNode state = states.get(name);
    if (Set.of("Succeed", "Fail", "Wait").contains(state.path("Type").asText())) {
      escapes.add(here);
      return;
    }
    Set<String> nexts = nexts(name, state, ends);
    for (String next : nexts) {
      walk(states, next, ends, here, escapes);
    }
  }

  /** A pre-script whose slots have lapsed is not sent; {@code LostSlotsTest} shows it. */
  private static Set<String> whereNothingWasSent(JsonNode state) {
    Set<String> nexts = new TreeSet<>();
    for (JsonNode caught : state.path("Catch")) {
      if (caught.at("/ErrorEquals/0").asText().equals(SlotsLostException.class.getName())) {
        nexts.add(caught.path("Next").asText());
      }
    }
    return nexts;
  }

  private static Set<String> nexts(String name, JsonNode state, Set<String> ends) {
    Set<String> nexts = new TreeSet<>();
    state.path("Catch").findValuesAsText("Next").forEach(nexts::add);
    state
        .path("Choices")
        .forEach(
            choice -> {
              boolean ofOthers = ends.equals(THAWED) && isOfAStop(choice);
              if (!ofOthers && (!name.equals("Needs thaw?") || !nothingWasSent(choice))) {
                nexts.addAll(choice.findValuesAsText("Next"));
              }
            });
    for (String way : List.of("Next", "Default")) {
      if (state.has(way)) {
        nexts.add(state.path(way).asText());
      }
    }
    nexts.remove(NO_POST_SCRIPT_WANTED.getOrDefault(name, ""));
    nexts.removeAll(whereNothingWasSent(state));
    if (ends.equals(STOPPED)) {
      nexts.removeAll(NOTHING_WAS_STOPPED.getOrDefault(name, Set.of()));
    }
    return nexts;
  }
}
