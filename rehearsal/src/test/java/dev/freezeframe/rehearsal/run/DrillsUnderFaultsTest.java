package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.Drill.Level;
import dev.freezeframe.rehearsal.run.DrillTroubles.AbortsOnce;
import dev.freezeframe.rehearsal.run.DrillTroubles.Changes;
import dev.freezeframe.rehearsal.run.DrillTroubles.DiesOnce;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever befalls executions, functions and events of drills: each ends with a verdict, and
 * nothing that it restored stays. The states and calls are those that a drill enters and makes
 * which nothing befalls.
 */
class DrillsUnderFaultsTest {
  private final DrillScenes scenes = new DrillScenes();

  static Stream<Arguments> levels() {
    return Stream.of(
        Arguments.of(Level.L0, "filesystem"),
        Arguments.of(Level.L2, "filesystem"),
        Arguments.of(Level.L3, "postgresql"),
        Arguments.of(Level.L3, "mysql"));
  }

  /** What a drill enters and changes which nothing befalls. */
  private record Usual(List<String> states, List<String> changes, DrillVerdict verdict) {}

  private Usual usual(Drill drill) {
    Changes changes = new Changes();
    scenes.play(1, drill, Faults.NONE.withCalls(changes), given -> {});
    scenes.isOver(1, "undisturbed");
    assertThat(scenes.verdict(1).passed()).as("%s", scenes.end(1)).isTrue();
    return new Usual(
        DrillTroubles.troubled(
            scenes.cloud.drills().stream()
                .filter(one -> Drilling.number(one.name()) == 1)
                .findFirst()
                .orElseThrow()
                .stateNames()),
        changes.made,
        scenes.verdict(1));
  }

  private void areOver(List<String> states, String how) {
    for (int number = 1; number <= states.size(); number++) {
      scenes.isOver(number, "%s after %s".formatted(how, states.get(number - 1)));
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("levels")
  void whereverAFunctionDiesItEndsAsIfNoneHad(Level level, String document) {
    Drill drill = Drilling.drill(level, document);
    Usual usual = usual(drill);
    DiesOnce faults = new DiesOnce(usual.changes());
    int drills = 2 * usual.changes().size();

    scenes.play(drills, drill, Faults.NONE.withCalls(faults), given -> {});

    // A drill among others may look less often, and so have fewer calls of a kind.
    assertThat(faults.deaths.values())
        .containsAll(
            usual.changes().stream()
                .flatMap(change -> Stream.of("before " + change, "after " + change))
                .toList());
    for (int number = 1; number <= drills; number++) {
      String what = "it died " + faults.deaths.get(number);
      scenes.isOver(number, what);
      assertThat(scenes.rows).as(what).containsKey(number);
      assertThat(scenes.verdict(number))
          .as("%s: %s", what, scenes.end(number))
          .isEqualTo(usual.verdict());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("levels")
  void whereverItIsAbortedNothingStays(Level level, String document) {
    Drill drill = Drilling.drill(level, document);
    List<String> states = usual(drill).states();
    AbortsOnce aborts = new AbortsOnce(states);

    scenes.play(states.size(), drill, Faults.NONE.withExecutions(aborts), given -> {});

    assertThat(aborts.aborted).hasSize(states.size());
    areOver(states, "aborted");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("levels")
  void whereNoEventTellsOfAnAbortTheSweepEndsIt(Level level, String document) {
    Drill drill = Drilling.drill(level, document);
    List<String> states = usual(drill).states();
    AbortsOnce aborts = new AbortsOnce(states);

    scenes.play(
        states.size(),
        drill,
        Faults.NONE.withExecutions(aborts).withEvents(Scene.NO_END_IS_TOLD),
        given -> {});

    assertThat(aborts.aborted).hasSize(states.size());
    areOver(states, "aborted, which nobody was told,");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("levels")
  void aRedriveAtOnceAndTheNetEndWithOneEnd(Level level, String document) {
    Drill drill = Drilling.drill(level, document);
    List<String> states = usual(drill).states();
    AbortsOnce aborts = new AbortsOnce(states);
    Set<String> redriven = new TreeSet<>();

    scenes.play(
        states.size(),
        drill,
        Faults.NONE.withExecutions(aborts),
        given -> {
          for (int second = 0; second < 2_400; second += 3) {
            given.time().at(DrillScenes.BEGUN.plusSeconds(second), () -> redrive(given, redriven));
          }
        });

    assertThat(redriven).hasSize(states.size());
    areOver(states, "aborted and redriven");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("levels")
  void aRedriveWhereNoEventTellsOfTheAbortGoesOn(Level level, String document) {
    Drill drill = Drilling.drill(level, document);
    Usual usual = usual(drill);
    AbortsOnce aborts = new AbortsOnce(usual.states());

    scenes.play(
        usual.states().size(),
        drill,
        Faults.NONE.withExecutions(aborts).withEvents(Scene.NO_END_IS_TOLD),
        given ->
            given
                .time()
                .at(
                    DrillScenes.BEGUN.plus(Duration.ofMinutes(15)),
                    () -> redrive(given, new TreeSet<>())));

    areOver(usual.states(), "redriven");
    for (int number = 1; number <= usual.states().size(); number++) {
      assertThat(scenes.verdict(number))
          .as("after %s: %s", usual.states().get(number - 1), scenes.end(number))
          .isEqualTo(usual.verdict());
    }
  }

  /** Each that is aborted, once. */
  private static void redrive(EmbeddedCloud cloud, Set<String> redriven) {
    cloud.drills().stream()
        .filter(one -> one.status() == ExecutionStatus.ABORTED)
        .filter(one -> redriven.add(one.name()))
        .forEach(one -> cloud.states().redrive(one.arn()));
  }
}
