package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.run.RestoreTroubles.AbortsOnce;
import dev.freezeframe.rehearsal.run.RestoreTroubles.Changes;
import dev.freezeframe.rehearsal.run.RestoreTroubles.Course;
import dev.freezeframe.rehearsal.run.RestoreTroubles.DiesOnce;
import dev.freezeframe.rehearsal.run.RestoreTroubles.RefusesLast;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.task.trigger.DeployedSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * Whatever befalls executions, functions and events of restores: each ends with the same volumes
 * and none twice, or its instance is as it was and runs, and nothing is left. In every way of
 * restoring, and while a restore is undone. The states and calls are those that a restore enters
 * and makes which nothing befalls.
 */
class RestoresUnderFaultsTest {
  private static final Instant BEGUN = Scene.DUE.plus(Duration.ofHours(1));
  private static final Instant ASKED = BEGUN.plus(Duration.ofHours(2));
  private static final Instant OVER = BEGUN.plus(Restoring.LONG);

  private EmbeddedCloud cloud;
  private RestoreWorld before;
  private RestoreWorld after;
  private final Map<Integer, RestoreRow> rows = new TreeMap<>();
  private final Set<String> leased = new TreeSet<>();
  private int restores;

  static Stream<Arguments> ways() {
    return Stream.of(Destination.values())
        .flatMap(to -> Stream.of(Course.values()).map(course -> Arguments.of(to, course)));
  }

  /** What a restore enters and changes which nothing befalls. */
  private record Usual(List<String> states, Changes changes) {}

  private Usual usual(Destination to, Course course) {
    Changes changes = new Changes(course);
    play(to, course, 1, Faults.NONE.withCalls(changes), given -> {});
    isWhole(to, course, 1, "undisturbed");
    assertThat(rows.get(1).status()).as(rows.get(1).reason()).isEqualTo(course.end);
    List<String> states =
        cloud.restores().stream()
            .filter(one -> one.name().equals(course.execution(1)))
            .findFirst()
            .orElseThrow()
            .stateNames();
    return new Usual(course.troubled(states), changes);
  }

  private void play(
      Destination to, Course course, int number, Faults faults, Consumer<EmbeddedCloud> besides) {
    restores = number;
    rows.clear();
    leased.clear();
    boolean beside = to == Destination.INSTANCE;
    Scene.of(RestoreWorld.fleet(restores, beside ? 2 : 1))
        .policy(beside ? RestoresTest.DATA_ALONE : RestoresTest.POLICY)
        .faults(
            course == Course.FAILS
                ? faults.withCalls(faults.calls().and(new RefusesLast(to)))
                : faults)
        .besides(
            given -> {
              cloud = given;
              begin(to, course);
              given.schedule(DeployedSchedule.sweepRestores(), OVER);
              given.time().at(OVER, this::look);
              besides.accept(given);
            })
        .play();
  }

  private void begin(Destination to, Course course) {
    Restoring person = new Restoring(cloud);
    for (int number = 1; number <= restores; number++) {
      int one = number;
      Optional<InstanceId> target =
          Optional.of(new InstanceId(target(to, one))).filter(any -> to == Destination.INSTANCE);
      person.at(BEGUN.plusSeconds(one), one, to, target);
      if (course == Course.UNDONE_BY_HAND) {
        cloud.time().at(ASKED.plusSeconds(one), () -> person.ask(one, "undo"));
      }
    }
    before = RestoreWorld.at(cloud, BEGUN.minusSeconds(60));
    after = RestoreWorld.at(cloud, OVER);
  }

  /** Each instance gets the volumes of the one before it, or its own. */
  private String target(Destination to, int number) {
    return Fleets.instanceId(to == Destination.INSTANCE ? number % restores + 1 : number);
  }

  private void look() {
    for (int number = 1; number <= restores; number++) {
      int one = number;
      cloud.ledger().restore(Restoring.id(one)).ifPresent(row -> rows.put(one, row));
      InstanceId instance = new InstanceId(Fleets.instanceId(one));
      cloud
          .ledger()
          .instanceLease(instance, OVER)
          .ifPresent(restore -> leased.add(instance.value()));
    }
  }

  /** It is done as a whole, or there is nothing of it; and every instance runs. */
  private void isWhole(Destination to, Course course, int number, String what) {
    RestoreRow row = rows.get(number);
    boolean succeeded = row != null && row.status() == Status.SUCCEEDED;
    if (row != null && !succeeded) {
      assertThat(row.status()).as("%s: %s", what, row.reason()).isEqualTo(Status.UNDONE);
    }
    assertThat(leased).as(what).isEmpty();
    String target = target(to, number);
    List<String> created = after.of(Restoring.id(number)).stream().map(Volume::volumeId).toList();
    assertThat(after.state(target)).as(what).isEqualTo("running");
    assertThat(after.volumes)
        .as("%s: nothing of before is deleted", what)
        .extracting(Volume::volumeId)
        .containsAll(before.volumes.stream().map(Volume::volumeId).toList());
    if (succeeded) {
      isDone(to, number, target, created, what);
    } else {
      assertThat(after.attachedTo(target)).as(what).isEqualTo(before.attachedTo(target));
      assertThat(after.flags(target)).as(what).isEqualTo(before.flags(target));
      isGone(to, course, Optional.ofNullable(row), created, what);
    }
    assertThat(launched(number)).as(what).isEqualTo(succeeded && to == Destination.NEW ? 1 : 0);
    assertThat(after.images)
        .as(what)
        .noneMatch(image -> Restoring.id(number).value().equals(image.name()));
  }

  private void isDone(
      Destination to, int number, String target, List<String> created, String what) {
    Map<String, String> attached = after.attachedTo(target);
    assertThat(created).as(what).hasSize(to == Destination.ROOT ? 1 : 2);
    switch (to) {
      case VOLUMES, NEW -> assertThat(attached).as(what).isEqualTo(before.attachedTo(target));
      case INSTANCE -> {
        assertThat(attached)
            .as(what)
            .containsAllEntriesOf(before.attachedTo(target))
            .hasSize(before.attachedTo(target).size() + 2);
        assertThat(attached.values()).as(what).containsAll(created);
      }
      case IN_PLACE -> {
        assertThat(attached.keySet()).as(what).isEqualTo(before.attachedTo(target).keySet());
        assertThat(attached.values()).as(what).containsExactlyInAnyOrderElementsOf(created);
        assertThat(after.flags(target)).as(what).isEqualTo(before.flags(target));
      }
      case ROOT -> {
        Map<String, String> expected = new TreeMap<>(before.attachedTo(target));
        expected.put("/dev/xvda", created.get(0));
        assertThat(attached).as(what).isEqualTo(expected);
        assertThat(after.flags(target)).as(what).isEqualTo(before.flags(target));
      }
    }
    if (to == Destination.NEW) {
      String instance = rows.get(number).launched().orElseThrow().value();
      assertThat(after.attachedTo(instance).values())
          .as(what)
          .containsExactlyInAnyOrderElementsOf(created);
    }
  }

  /** What the instance has run with is kept, and that alone. */
  private void isGone(
      Destination to, Course course, Optional<RestoreRow> row, List<String> created, String what) {
    boolean ran =
        to.disturbsInstance() && row.filter(one -> one.at(Stage.RUNNING).isPresent()).isPresent();
    if (course == Course.UNDONE_BY_HAND) {
      assertThat(ran).as(what).isEqualTo(to.disturbsInstance());
    }
    if (!ran) {
      assertThat(created).as(what).isEmpty();
      return;
    }
    assertThat(row.orElseThrow().reason()).as(what).contains("are kept");
    assertThat(created).as(what).hasSize(to == Destination.ROOT ? 1 : 2);
    assertThat(after.volumes)
        .as(what)
        .filteredOn(volume -> created.contains(volume.volumeId()))
        .allMatch(volume -> volume.stateAsString().equals("available"));
  }

  private long launched(int number) {
    return after.instances.values().stream()
        .filter(
            one ->
                RestoreWorld.tag(one.tags(), "freezeframe:restore")
                    .equals(Optional.of(Restoring.id(number).value())))
        .filter(one -> !one.state().nameAsString().equals("terminated"))
        .count();
  }

  private void areWhole(Destination to, Course course, List<String> states, String how) {
    for (int number = 1; number <= restores; number++) {
      isWhole(to, course, number, "%s after %s".formatted(how, states.get(number - 1)));
    }
  }

  private void haveEnded(Course course) {
    assertThat(rows).hasSize(restores);
    assertThat(rows)
        .allSatisfy(
            (number, row) ->
                assertThat(row.status()).as("%d: %s", number, row.reason()).isEqualTo(course.end));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ways")
  void whereverAFunctionDiesItEndsAsIfNoneHad(Destination to, Course course) {
    Changes changes = usual(to, course).changes();
    DiesOnce faults = new DiesOnce(course, changes.ordered);

    play(to, course, 2 * changes.ordered.size(), Faults.NONE.withCalls(faults), given -> {});

    assertThat(faults.deaths.values())
        .containsAll(
            changes.made.stream()
                .flatMap(change -> Stream.of("before " + change, "after " + change))
                .toList());
    for (int number = 1; number <= restores; number++) {
      isWhole(to, course, number, "it died " + faults.deaths.get(number));
    }
    haveEnded(course);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ways")
  void whereverItIsAbortedItIsDoneOrUndone(Destination to, Course course) {
    List<String> states = usual(to, course).states();
    AbortsOnce aborts = new AbortsOnce(course, states);

    play(to, course, states.size(), Faults.NONE.withExecutions(aborts), given -> {});

    assertThat(aborts.aborted).hasSize(states.size());
    areWhole(to, course, states, "aborted");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ways")
  void whereNoEventTellsOfAnAbortTheSweepUndoesIt(Destination to, Course course) {
    List<String> states = usual(to, course).states();
    AbortsOnce aborts = new AbortsOnce(course, states);

    play(
        to,
        course,
        states.size(),
        Faults.NONE.withExecutions(aborts).withEvents(Scene.NO_END_IS_TOLD),
        given -> {});

    assertThat(aborts.aborted).hasSize(states.size());
    areWhole(to, course, states, "aborted, which nobody was told,");
  }

  @Test
  void attachmentsThatEc2RefusesToARestoreAndToItsUndoForHoursAreMadeOnceItDoesNot() {
    CallFault full =
        new CallFault() {
          @Override
          public void before(String action, boolean changing, Caller caller, String detail) {
            if (action.equals("ec2:AttachVolume")
                && cloud.time().instant().isBefore(BEGUN.plus(Duration.ofHours(3)))) {
              throw Ec2Refusal.of("AttachmentLimitExceeded", "not now");
            }
          }
        };
    Map<String, RestoreRow> meanwhile = new TreeMap<>();

    play(
        Destination.IN_PLACE,
        Course.SUCCEEDS,
        2,
        Faults.NONE.withCalls(full),
        given ->
            given
                .time()
                .at(
                    BEGUN.plus(Duration.ofHours(2)),
                    () ->
                        given
                            .ledger()
                            .restores(BEGUN.minusSeconds(60))
                            .forEach(row -> meanwhile.put(row.id().value(), row))));

    assertThat(meanwhile.values()).hasSize(2).allMatch(RestoreRow::notUndone);
    for (int number = 1; number <= 2; number++) {
      isWhole(Destination.IN_PLACE, Course.SUCCEEDS, number, "no attachment for hours");
    }
  }

  /** Users may have written to them until the sweep came. */
  @ParameterizedTest
  @CsvSource({"IN_PLACE, Target runs?", "ROOT, Root replaced?"})
  void whatAnInstanceRanWithIsKeptThoughTheRestoreBrokeOffBeforeItSawThat(
      Destination to, String state) {
    AbortsOnce aborts = new AbortsOnce(Course.SUCCEEDS, List.of(state));

    play(
        to,
        Course.SUCCEEDS,
        1,
        Faults.NONE.withExecutions(aborts).withEvents(Scene.NO_END_IS_TOLD),
        given -> {});

    assertThat(rows.get(1).status()).as(rows.get(1).reason()).isEqualTo(Status.UNDONE);
    assertThat(rows.get(1).at(Stage.RUNNING)).isPresent();
    isWhole(to, Course.SUCCEEDS, 1, "aborted after " + state);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ways")
  void aRedriveAtOnceAndTheNetEndWithOneOfBoth(Destination to, Course course) {
    List<String> states = usual(to, course).states();
    AbortsOnce aborts = new AbortsOnce(course, states);
    Set<String> redriven = new TreeSet<>();
    Instant from = course == Course.UNDONE_BY_HAND ? ASKED : BEGUN;

    play(
        to,
        course,
        states.size(),
        Faults.NONE.withExecutions(aborts),
        given -> {
          for (int second = 0; second < 1_800; second += 3) {
            given.time().at(from.plusSeconds(second), () -> redrive(given, redriven));
          }
        });

    assertThat(redriven).hasSizeGreaterThanOrEqualTo(states.size());
    areWhole(to, course, states, "aborted and redriven");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ways")
  void aRedriveWhereNoEventTellsOfTheAbortGoesOn(Destination to, Course course) {
    List<String> states = usual(to, course).states();
    AbortsOnce aborts = new AbortsOnce(course, states);
    Instant from = course == Course.UNDONE_BY_HAND ? ASKED : BEGUN;

    play(
        to,
        course,
        states.size(),
        Faults.NONE.withExecutions(aborts).withEvents(Scene.NO_END_IS_TOLD),
        given ->
            given
                .time()
                .at(from.plus(Duration.ofMinutes(20)), () -> redrive(given, new TreeSet<>())));

    areWhole(to, course, states, "redriven");
    haveEnded(course);
  }

  /** Each that is aborted, once. */
  private static void redrive(EmbeddedCloud cloud, Set<String> redriven) {
    cloud.restores().stream()
        .filter(one -> one.status() == ExecutionStatus.ABORTED)
        .filter(one -> redriven.add(one.name()))
        .forEach(one -> cloud.states().redrive(one.arn()));
  }
}
