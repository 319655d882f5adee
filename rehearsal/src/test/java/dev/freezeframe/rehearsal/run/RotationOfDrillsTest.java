package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.Drill.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Drills of many days: who is drilled when, and what all of it may cost. */
class RotationOfDrillsTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final List<DrillRow> rows = new ArrayList<>();
  private final List<DrillCost> spent = new ArrayList<>();
  private int most;

  private void play(int instances, int days, Drill drill, boolean twice) {
    Instant until = Scene.START.plus(DAY.multipliedBy(days));
    Instant over = until.plus(DAY);
    Scene.of(RestoreWorld.fleet(instances, 1))
        .policy(Drilling.DATA_ALONE)
        .firings(
            IntStream.range(0, days)
                .mapToObj(day -> Scene.DUE.plus(DAY.multipliedBy(day)))
                .toList())
        .besides(
            given -> {
              given.scheduleDrills(Drilling.DAILY, drill, until);
              given.sweepDrills(over);
              for (int day = 0; twice && day < days; day++) {
                Instant at = DrillScenes.BEGUN.plus(DAY.multipliedBy(day));
                given.time().at(at, () -> runBeside(given, drill, at.minusSeconds(1)));
              }
              for (int day = 0; day < days; day++) {
                for (int minute = 0; minute < 90; minute += 3) {
                  Instant at = DrillScenes.BEGUN.plus(DAY.multipliedBy(day));
                  given.time().at(at.plusSeconds(60L * minute), () -> look(given));
                }
              }
              given.time().at(over, () -> rows.addAll(Drilling.all(given)));
            })
        .play();
  }

  /** A run that was due at another time, so that its drills have other ids. */
  private static void runBeside(EmbeddedCloud cloud, Drill drill, Instant scheduledAt) {
    ObjectNode input = Json.mapper().createObjectNode();
    input.put("scheduledAt", scheduledAt.toString());
    input.put("policy", Drilling.DAILY.value());
    input.set("drill", Json.mapper().valueToTree(drill));
    cloud.startDrill("beside-" + scheduledAt.getEpochSecond(), input);
  }

  private void look(EmbeddedCloud cloud) {
    YearMonth month = YearMonth.from(cloud.time().instant().atOffset(ZoneOffset.UTC));
    spent.add(
        cloud.ledger().spendings(Drilling.DAILY, month).values().stream()
            .reduce(DrillCost.NONE, DrillCost::plus));
    most =
        Math.max(
            most,
            (int)
                Drilling.all(cloud).stream()
                    .filter(row -> row.open() && row.at(DrillStage.LAUNCHING).isPresent())
                    .count());
  }

  private Map<InstanceId, List<Instant>> drilled() {
    Map<InstanceId, List<Instant>> drilled = new TreeMap<>();
    rows.stream()
        .filter(row -> row.end().orElseThrow().verdict().conclusive())
        .forEach(
            row ->
                drilled
                    .computeIfAbsent(row.order().instance(), any -> new ArrayList<>())
                    .add(row.startedAt()));
    return drilled;
  }

  @Test
  void aFifthADayIsDrilledAndEachInstanceWithinFiveDaysAndOne() {
    play(
        15,
        12,
        Drilling.drill(
            Level.L2, "filesystem", Duration.ofDays(5), new Drill.Limits(2, 2000, 1_000)),
        false);

    assertThat(drilled()).hasSize(15);
    assertThat(drilled().values())
        .allSatisfy(
            times -> {
              assertThat(times).hasSizeGreaterThanOrEqualTo(2);
              assertThat(Duration.between(Scene.START, times.get(0)))
                  .isLessThan(DAY.multipliedBy(6));
              for (int next = 1; next < times.size(); next++) {
                assertThat(Duration.between(times.get(next - 1), times.get(next)))
                    .isBetween(DAY.multipliedBy(4), DAY.multipliedBy(6));
              }
            });
    assertThat(rows).allMatch(row -> row.end().orElseThrow().verdict() == DrillVerdict.PASSED);
    assertThat(most).as("drills at once").isBetween(1, 2);
  }

  @Test
  void theMonthsMoneyIsNeverExceededThoughRunsGoOnBesideEachOther() {
    double limit = 0.3;

    play(
        8, 9, Drilling.drill(Level.L2, "filesystem", DAY, new Drill.Limits(10, 2000, limit)), true);

    assertThat(spent).allMatch(sum -> sum.dollars() <= limit);
    assertThat(spent).as("and is used").anyMatch(sum -> sum.dollars() > limit / 2);
    assertThat(rows)
        .filteredOn(row -> row.startedAt().isBefore(Instant.parse("2026-12-01T00:00:00Z")))
        .extracting(row -> row.end().orElseThrow().cost().dollars())
        .satisfies(
            costs ->
                assertThat(costs.stream().mapToDouble(cost -> cost).sum())
                    .isLessThanOrEqualTo(limit));
  }
}
