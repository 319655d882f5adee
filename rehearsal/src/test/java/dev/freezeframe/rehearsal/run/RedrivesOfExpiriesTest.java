package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.events.SchedulerFault;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A run of retention is stopped in each of its states, or dies there, and is redriven. */
class RedrivesOfExpiriesTest {
  private static final String TWO_DAYS =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      retention: {days: 2}
      """;

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** Its sets are all taken before the first of them falls due, so that none replaces another. */
  private static final String TEN_DAYS = TWO_DAYS.replace("days: 2", "days: 10");

  /** Two days and four hours after its point in time a set is due. */
  private static final Instant FIRST_DUE = Scene.DUE.plus(Duration.ofDays(2)).plus(HOUR).plus(HOUR);

  private static final List<String> STATES =
      List.of(
          "Reconcile?",
          "Reconcile ledger",
          "All compared?",
          "Plan expiry",
          "All planned?",
          "Deletion enabled?",
          "Within limit?",
          "Anything to do?",
          "Delete snapshots",
          "All deleted?");

  /** An execution that came here has succeeded, and Step Functions redrives no such. */
  private static final Set<String> ENDS = Set.of("Plan only", "Nothing is due", "Done");

  /** An execution that came here has failed on purpose, and a redrive fails here again. */
  private static final String REFUSED = "Over limit";

  private static final String LEFT_OUT = "Groups left out";

  private static final Map<String, String> TYPES = StatesOfFile.types("expire-snapshots");

  private static final List<Stops.Stop> STOPS = stops();

  private static List<Stops.Stop> stops() {
    List<Stops.Stop> stops = new ArrayList<>();
    for (String state : STATES) {
      stops.add(new Stops.Stop(state, Stops.Where.LEFT));
      if (StatesOfFile.takesTime(TYPES.get(state))) {
        stops.add(new Stops.Stop(state, Stops.Where.ENTERED));
      }
    }
    stops.add(new Stops.Stop("Plan expiry", Stops.Where.CALLED));
    stops.add(new Stops.Stop("Delete snapshots", Stops.Where.CALLED));
    stops.add(new Stops.Stop("Plan expiry", Stops.Where.CALLING));
    stops.add(new Stops.Stop("Delete snapshots", Stops.Where.CALLING));
    return stops;
  }

  /** A backup a day, so that each run of retention has one set to delete. */
  private static Scene days(int runs, Faults faults, Consumer<EmbeddedCloud> besides) {
    return Scene.of(Fleets.one(1, 2))
        .policy(TWO_DAYS)
        .firings(every(Scene.DUE, runs + 2))
        .faults(faults)
        .besides(cloud -> cloud.scheduleExpiry(every(FIRST_DUE, runs)))
        .alsoBesides(besides);
  }

  private static List<Instant> every(Instant first, int days) {
    return IntStream.range(0, days).mapToObj(day -> first.plus(DAY.multipliedBy(day))).toList();
  }

  private static boolean isExpiry(Execution execution) {
    return execution.arn().contains(":expire-snapshots:");
  }

  private static String day(Execution execution) {
    return execution.startedAt().toString().substring(0, 10);
  }

  @Test
  void everyStateIsOneFromWhichARedriveIsTriedOrAnEnd() {
    Set<String> known = new TreeSet<>(STATES);
    known.addAll(ENDS);
    known.add(REFUSED);
    known.add(LEFT_OUT);

    assertThat(known).isEqualTo(TYPES.keySet());
  }

  @Test
  void aRedriveAfterAnAbortDeletesWhatIsDueOnceAndSaysWhy() {
    Map<String, Stops.Stop> plans = new TreeMap<>();
    STOPS.forEach(
        stop ->
            plans.put(
                FIRST_DUE.plus(DAY.multipliedBy(plans.size())).toString().substring(0, 10), stop));
    Stops stops =
        new Stops(plans, RedrivesOfExpiriesTest::day, RedrivesOfExpiriesTest::isExpiry, HOUR, HOUR);

    Result result =
        days(
                STOPS.size(),
                Faults.NONE.withExecutions(stops).withCalls(stops),
                cloud -> every(FIRST_DUE, STOPS.size()).forEach(from -> stops.watch(cloud, from)))
            .play();

    assertThat(stops.stopped()).isEqualTo(plans);
    assertThat(stops.redriven()).hasSameSizeAs(plans);
    assertThat(result.expiries())
        .extracting(Execution::status)
        .containsOnly(ExecutionStatus.SUCCEEDED);
    endsRight(result, 2 * STOPS.size());
    eachCountsWhatItsPlanDeleted(result);
    assertThat(result.snapshots()).hasSize(2 * 2);
  }

  /** Whichever of its calls did it, before the redrive or after, answered or not. */
  private static void eachCountsWhatItsPlanDeleted(Result result) {
    assertThat(result.expiries())
        .extracting(expiry -> expiry.output().orElseThrow())
        .allSatisfy(
            output -> {
              assertThat(output.path("deleted").asInt(-1)).isEqualTo(2);
              assertThat(output.path("gone").asInt(-1)).isZero();
            });
  }

  /** The first call of a kind takes effect and is not answered; none is made for two hours then. */
  private static final class DiesForHours implements CallFault {
    private static final List<String> DEATHS =
        List.of(
            "dynamodb:PutItem in PlanExpiry",
            "ec2:DescribeSnapshots in PlanExpiry",
            "ec2:DescribeSnapshots in DeleteSnapshots",
            "dynamodb:UpdateItem in DeleteSnapshots",
            "ec2:DeleteSnapshot in DeleteSnapshots");

    private final Set<String> met = new TreeSet<>();
    private EmbeddedCloud cloud;

    @Override
    public void before(String action, boolean changes, Caller caller, String detail) {
      String death = "%s in %s".formatted(action, caller.task());
      if (met.contains(death) && isTimeFor(death)) {
        throw new FunctionDied("before " + death);
      }
    }

    @Override
    public void after(String action, boolean changes, Caller caller, String detail) {
      String death = "%s in %s".formatted(action, caller.task());
      if (isTimeFor(death)) {
        met.add(death);
        throw new FunctionDied("after " + death);
      }
    }

    private boolean isTimeFor(String death) {
      Duration since = Duration.between(FIRST_DUE, cloud.time().instant());
      return !since.isNegative()
          && since.toHours() % 24 < 2
          && DEATHS.contains(death)
          && DEATHS.indexOf(death) == since.toDays();
    }
  }

  @Test
  void aRedriveAfterAFailureDeletesWhatIsDueOnceAndSaysWhy() {
    DiesForHours faults = new DiesForHours();
    int runs = DiesForHours.DEATHS.size();
    List<ExecutionStatus> before = new ArrayList<>();

    Result result =
        days(
                runs,
                Faults.NONE.withCalls(faults),
                cloud -> {
                  faults.cloud = cloud;
                  for (int run = 0; run < runs; run++) {
                    int number = run;
                    cloud
                        .time()
                        .at(
                            FIRST_DUE.plus(DAY.multipliedBy(run)).plus(HOUR.multipliedBy(3)),
                            () -> {
                              Execution expiry = cloud.expiries().get(number);
                              before.add(expiry.status());
                              cloud.states().redrive(expiry.arn());
                            });
                  }
                })
            .play();

    assertThat(faults.met).containsExactlyInAnyOrderElementsOf(DiesForHours.DEATHS);
    assertThat(before).hasSize(runs).containsOnly(ExecutionStatus.FAILED);
    assertThat(result.expiries())
        .extracting(Execution::status)
        .containsOnly(ExecutionStatus.SUCCEEDED);
    endsRight(result, 2 * runs);
    eachCountsWhatItsPlanDeleted(result);
  }

  /** Two pages: the plan is of 534 snapshots in sets of 89. */
  @ParameterizedTest
  @EnumSource(names = {"CALLED", "LEFT"})
  void aRedriveAmongThePagesOfAPlanGoesOnWithTheFirstThatIsNotDone(Stops.Where where) {
    Fleet fleet = Fleets.of(6, 89);
    Instant again = Scene.DUE.plus(DAY.multipliedBy(10));
    Instant due = again.plus(HOUR.multipliedBy(4));
    Stops stops =
        new Stops(
            Map.of("", new Stops.Stop("Delete snapshots", where)),
            any -> "",
            RedrivesOfExpiriesTest::isExpiry,
            DAY.plus(HOUR),
            Duration.ofHours(6));

    Result result =
        Scene.of(fleet)
            .policy(TWO_DAYS)
            .firings(List.of(Scene.DUE, again))
            .faults(Faults.NONE.withExecutions(stops).withCalls(stops))
            .besides(
                cloud -> {
                  cloud.scheduleExpiry(List.of(due));
                  stops.watch(cloud, due);
                })
            .play();

    Execution expiry = result.expiries().get(0);
    assertThat(stops.redriven()).hasSize(1);
    assertThat(expiry.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(expiry.output().orElseThrow().path("nextPage").asInt()).isEqualTo(3);
    endsRight(result, 6 * 89);
    assertThat(result.snapshots()).hasSize(6 * 89);
  }

  @Test
  void whatWasPinnedBeforeARedriveStays() {
    Stops stops =
        new Stops(
            Map.of("", new Stops.Stop("Plan expiry", Stops.Where.LEFT)),
            any -> "",
            RedrivesOfExpiriesTest::isExpiry,
            HOUR.multipliedBy(2),
            HOUR);

    Result result =
        days(
                1,
                Faults.NONE.withExecutions(stops),
                cloud -> {
                  stops.watch(cloud, FIRST_DUE);
                  cloud
                      .time()
                      .at(
                          FIRST_DUE.plus(HOUR),
                          () ->
                              cloud.ec2().snapshots().stream()
                                  .filter(view -> view.startTime().isBefore(Scene.DUE.plus(DAY)))
                                  .forEach(
                                      view ->
                                          cloud
                                              .ec2()
                                              .tagByHand(
                                                  view.snapshotId(),
                                                  "freezeframe:pin",
                                                  "forever")));
                })
            .play();

    assertThat(stops.redriven()).hasSize(1);
    assertThat(result.expiries().get(0).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(result.deletions()).isEmpty();
    assertThat(result.snapshots()).hasSize(3 * 2);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"apply\": true, \"limit\": {\"snapshots\": 1}}', Over limit",
    "'{\"apply\": true, \"limit\": {\"share\": 0.01}}', Groups left out"
  })
  void aRedriveOfAPlanOverItsLimitFailsAgain(String input, String state) {
    Instant longAfter = FIRST_DUE.plus(DAY.multipliedBy(60));
    List<ExecutionStatus> ends = new ArrayList<>();

    Result result =
        Scene.of(Fleets.one(1, 2))
            .policy(TEN_DAYS)
            .firings(every(Scene.DUE, 3))
            .besides(
                cloud -> {
                  cloud.startExpiry(longAfter, input);
                  for (int hours = 1; hours < 3; hours++) {
                    cloud
                        .time()
                        .at(
                            longAfter.plus(HOUR.multipliedBy(hours)),
                            () -> {
                              Execution expiry = cloud.expiries().get(0);
                              ends.add(expiry.status());
                              cloud.states().redrive(expiry.arn());
                            });
                  }
                })
            .play();

    assertThat(ends).containsExactly(ExecutionStatus.FAILED, ExecutionStatus.FAILED);
    assertThat(result.expiries().get(0).stateNames()).endsWith(state, state, state);
    assertThat(result.deletions()).isEmpty();
  }

  @Test
  void twoRunsAtOnceDeleteEachSnapshotOnce() {
    SchedulerFault twice =
        new SchedulerFault() {
          @Override
          public List<Duration> firings(String schedule, Instant scheduledAt) {
            return schedule.equals("freezeframe.expire-snapshots")
                ? List.of(Duration.ZERO, Duration.ofMillis(scheduledAt.toEpochMilli() / 7 % 900))
                : List.of(Duration.ZERO);
          }
        };

    Result result = days(5, Faults.NONE.withSchedules(twice), cloud -> {}).play();

    assertThat(result.expiries()).hasSize(10);
    assertThat(result.expiries())
        .extracting(Execution::status)
        .containsOnly(ExecutionStatus.SUCCEEDED);
    endsRight(result, 2 * 5);
  }

  /** Each deletion took effect once and is on record with its reason; nothing else ended. */
  private static void endsRight(Result result, int deleted) {
    assertThat(result.deletions()).hasSize(deleted);
    assertThat(result.deletions())
        .allSatisfy(
            life -> {
              assertThat(life.deletion().orElseThrow().rule()).isEqualTo("age");
              assertThat(life.deletion().orElseThrow().reason()).contains("the policy says 2 days");
              assertThat(life.deletion().orElseThrow().run()).contains("expire-snapshots");
            });
    assertThat(result.lives().values())
        .extracting(SnapshotHistory::vanishedAt)
        .allMatch(at -> at.isEmpty());
    List<String> calls =
        result.log().stream()
            .filter(call -> call.action().equals("ec2:DeleteSnapshot"))
            .filter(call -> call.error().isEmpty())
            .map(Call::detail)
            .toList();
    assertThat(calls).doesNotHaveDuplicates();
    assertThat(result.lives()).hasSize(deleted + result.snapshots().size());
    assertThat(result.snapshots())
        .extracting(SnapshotView::snapshotId)
        .doesNotContainAnyElementsOf(
            result.deletions().stream().map(life -> life.row().snapshot().value()).toList());
  }
}
