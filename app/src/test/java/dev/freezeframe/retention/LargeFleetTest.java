package dev.freezeframe.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.PlanRow;
import dev.freezeframe.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Whether a plan for a fleet with hourly sets fits the time of its function, by what its calls read
 * and ask. Rates, not times of this machine.
 */
class LargeFleetTest {
  /**
   * Read units of an entry of the index {@code group}, read eventually consistent; measured in
   * {@code ExpiryBenchmarkTest.anEntryOfAGroupTakesATwentiethOfAReadUnitAtMost}.
   */
  private static final double UNITS_OF_A_ROW = 0.05;

  /**
   * The units a second that DynamoDB gives one partition (developer guide, "Burst and adaptive
   * capacity": 3,000 read units). All groups are taken to lie in one.
   */
  private static final double UNITS_A_SECOND = 3_000;

  /** What one query or GetItem takes besides, as in the embedded cloud: assumed. */
  private static final double SECONDS_OF_A_QUERY = 0.006;

  /** {@code Ec2SnapshotsAdapter} asks about so many at a time, by three calls. */
  private static final int BATCH = 200;

  private static final int CALLS_OF_A_BATCH = 3;

  /**
   * What a Describe call takes, as in the embedded cloud: assumed. EC2 refills the bucket of each
   * Describe action by 20 a second (EC2 developer guide, request throttling): no less than 0.05.
   */
  private static final double SECONDS_OF_A_CALL = 0.08;

  /** What one call of the function reads and asks. */
  private record Call(long queries, long rows, long asked, long dueRows) {

    double seconds() {
      double reading = (rows + dueRows) * UNITS_OF_A_ROW / UNITS_A_SECOND;
      double asking = Math.ceil(asked / (double) BATCH) * CALLS_OF_A_BATCH * SECONDS_OF_A_CALL;
      return reading + queries * SECONDS_OF_A_QUERY + asking;
    }
  }

  private record Plan(PlanRow row, List<Call> calls) {

    double longest() {
      return calls.stream().mapToDouble(Call::seconds).max().orElseThrow();
    }

    double all() {
      return calls.stream().mapToDouble(Call::seconds).sum();
    }
  }

  private static Plan plan(int instances) {
    HourlyFleet fleet = new HourlyFleet(instances);
    HourlyFleet.Everything ec2 = new HourlyFleet.Everything();
    ExpiryPlanner planner = new ExpiryPlanner(fleet, ec2);
    List<Call> calls = new ArrayList<>();
    Optional<PlanDraft> draft = Optional.of(planner.begin("plan", HourlyFleet.NOW));
    ExpiryPlanner.Result result;
    do {
      result = planner.goOn(draft.get(), "execution", DeletionLimit.DEFAULT, HourlyFleet.NOW);
      draft = result.draft();
      calls.add(new Call(fleet.queries, fleet.rows, ec2.asked, fleet.dueRows));
      fleet.queries = 0;
      fleet.rows = 0;
      fleet.dueRows = 0;
      ec2.asked = 0;
    } while (draft.isPresent());
    return new Plan(result.plan(), calls);
  }

  @Test
  void aPlanOfHourlySetsIsMadeInCallsThatFitTheFunctionHoweverManyInstancesThereAre() {
    Plan some = plan(240);

    assertThat(some.row().within()).isTrue();
    assertThat(some.row().sets()).isEqualTo(240 * HourlyFleet.DUE);
    assertThat(some.calls()).hasSize(2);
    assertThat(some.calls())
        .allSatisfy(
            call -> {
              assertThat(call.rows()).isLessThan(700_000);
              assertThat(call.asked()).isLessThan(25_000);
            });
    assertThat(some.longest()).isLessThan(Task.PLAN_EXPIRY.seconds() / 4.0);
  }

  /** What {@code docs/retention.md} says of 10,000 instances; on one core it takes some minutes. */
  public static void main(String[] arguments) {
    int instances = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    Instant begin = Instant.now();
    Duration busy = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    Plan plan = plan(instances);
    Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().minus(busy);
    System.out.printf(
        Locale.ROOT,
        "%d instances: %d calls, %,d rows, %,d asked about, %,d due; %.0f s in all, %.0f s the longest"
            + " call; besides %.1f s of a core, %.1f s of the clock; %s%n",
        instances,
        plan.calls().size(),
        plan.calls().stream().mapToLong(Call::rows).sum(),
        plan.calls().stream().mapToLong(Call::asked).sum(),
        plan.calls().stream().mapToLong(Call::dueRows).sum(),
        plan.all(),
        plan.longest(),
        cpu.toMillis() / 1000.0,
        Duration.between(begin, Instant.now()).toMillis() / 1000.0,
        plan.row().words());
  }
}
