package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * 300 instances of three volumes under the quota of an ordinary account, alone, with other tools,
 * with events that are lost, and by two policies at once; docs/scale.md has what it prints.
 */
class SlotsBenchmark {
  private static final int INSTANCES = 300;
  private static final int LIMIT = 100;

  /** Surefire runs it by name only: it is no {@code *Test}. */
  @Test
  void printsTheTable() {
    System.out.println(
        "| | failed | sets | pre-scripts without a set | allowed | took | times | times,"
            + " unforeseen | slots held at the end |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    print("alone", scene().play(), List.of(), 1);
    OtherTools atOnce = OtherTools.atOnce(30, Duration.ofMinutes(5), Duration.ofMinutes(8));
    Result together = scene().besides(atOnce::beside).play();
    print("30 of other tools come and go, all at once", together, atOnce.spans(), 1, 1.25);
    OtherTools oneByOne = OtherTools.oneByOne(30, Duration.ofMinutes(5), Duration.ofMinutes(8));
    Result apart = scene().besides(oneByOne::beside).play();
    print("30 of other tools come and go, one by one", apart, oneByOne.spans(), 1);
    SnapshotBehavior lost = SnapshotBehavior.GOOD.losingEvents();
    print(
        "every event is lost",
        scene().faults(Faults.NONE.withSets(instance -> lost)).play(),
        List.of(),
        1);
    Policy other = new PolicyReader().read("policy.yaml", Scene.ALL_OR_NOTHING.formatted("other"));
    print(
        "two policies at once, on the same instances",
        scene().besides(cloud -> cloud.schedule(other, List.of(Scene.DUE))).play(),
        List.of(),
        2);
  }

  private static Scene scene() {
    return Scene.of(Fleets.of(INSTANCES, 3))
        .policy(Scene.ALL_OR_NOTHING.formatted("one"))
        .pendingLimit(LIMIT);
  }

  private static void print(
      String what, Result result, List<QuotaBound.Others> others, int policies) {
    print(what, result, others, policies, 1.2);
  }

  private static void print(
      String what, Result result, List<QuotaBound.Others> others, int policies, double most) {
    QuotaBound bound = QuotaBound.of(result, LIMIT, others, policies);
    long sets = result.rows().values().stream().map(row -> row.set().value()).distinct().count();
    long preScripts =
        result.guests().values().stream().mapToLong(guest -> guest.freezes().size()).sum();
    long failed =
        result.reports().stream().filter(report -> report.status() != Status.SUCCEEDED).count();
    assertThat(failed).isZero();
    assertThat(preScripts).as("pre-scripts, each of which led to a set").isEqualTo(sets);
    assertThat(bound.times()).isLessThan(most);
    QuotaBound unforeseen =
        QuotaBound.of(result, LIMIT - QuotaBound.peak(others), List.of(), policies);
    assertThat(unforeseen.times()).isLessThan(1.2);
    System.out.printf(
        "| %s | %d | %d | %d | %d s | %d s | %.2f | %.2f | %d |%n",
        what,
        failed,
        sets,
        preScripts - sets,
        bound.allowed().toSeconds(),
        bound.took().toSeconds(),
        bound.times(),
        unforeseen.times(),
        SlotsHeld.after(result));
  }
}
