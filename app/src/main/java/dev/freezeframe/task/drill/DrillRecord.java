package dev.freezeframe.task.drill;

import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillJudgement;
import dev.freezeframe.drill.DrillJudgement.Judged;
import dev.freezeframe.drill.DrillLedger;
import dev.freezeframe.drill.DrillPlan;
import dev.freezeframe.drill.DrillRotation;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the end of a drill on record, for the execution and for the sweep. */
final class DrillRecord {
  private DrillRecord() {}

  /** The month to whose limit a drill counts: that of its claim, in UTC. */
  static YearMonth month(Instant startedAt) {
    return YearMonth.from(startedAt.atOffset(ZoneOffset.UTC));
  }

  /**
   * Judges and records; what it has cost takes the place of what it might have.
   *
   * @param problem why it went on no more, if anybody said
   * @param left what could not be taken away: it costs on, so all of what it may cost stays
   */
  static DrillRow end(
      DrillLedger ledger, DrillRow row, Optional<String> problem, List<String> left, Instant now) {
    Judged judged = DrillJudgement.of(row, problem);
    DrillCost cost = cost(row, left, now);
    row.plan()
        .ifPresent(
            plan ->
                ledger.recordSpending(
                    row.order().policy(), month(row.startedAt()), row.id(), cost));
    return ledger.recordDrillEnded(
        row.id(),
        new DrillEnd(
            judged.verdict(),
            judged.reason(),
            judged.warnings(),
            judged.reached(),
            cost,
            left,
            now));
  }

  /**
   * Records once more an end that is on record. The function that recorded it may have died before
   * the group knew and the lease was given back.
   */
  static DrillRow again(DrillLedger ledger, DrillRow ended) {
    return ledger.recordDrillEnded(ended.id(), ended.end().orElseThrow());
  }

  /** Measures an end that is on record; once more where a function died, so as never to miss it. */
  static void measure(DrillLedger ledger, Measurements measurements, DrillRow ended) {
    DrillVerdict verdict = ended.end().orElseThrow().verdict();
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    if (verdict.passed()) {
      values.put(Metric.DRILLS_PASSED, 1.0);
    } else if (verdict == DrillVerdict.INCONCLUSIVE) {
      values.put(Metric.DRILLS_INCONCLUSIVE, 1.0);
    }
    boolean nothing =
        verdict == DrillVerdict.INCONCLUSIVE
            && ledger
                .drilledGroup(ended.order().policy(), ended.order().instance())
                .filter(group -> group.inconclusive() >= DrillRotation.INCONCLUSIVE)
                .isPresent();
    if (verdict == DrillVerdict.FAILED || nothing) {
      values.put(Metric.DRILLS_FAILED, 1.0);
    }
    measurements.record(ended.order().policy(), values);
  }

  private static DrillCost cost(DrillRow row, List<String> left, Instant now) {
    Optional<Instant> from = row.at(DrillStage.LAUNCHING);
    Optional<DrillPlan.Host> host = row.plan().flatMap(DrillPlan::host);
    if (from.isEmpty() || host.isEmpty()) {
      return DrillCost.NONE;
    }
    DrillPlan plan = row.plan().get();
    DrillCost most = plan.cost();
    if (!left.isEmpty()) {
      return most;
    }
    Instant to = row.at(DrillStage.GONE).orElse(now);
    DrillCost cost =
        DrillCost.of(host.get().instanceType(), plan.gib(), Duration.between(from.get(), to));
    return cost.isMoreThan(most) ? most : cost;
  }
}
