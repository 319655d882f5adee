package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.drill.DrillBounds;
import dev.freezeframe.drill.DrillCommand;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillTags;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.Drill.Level;
import dev.freezeframe.rehearsal.fleet.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Drills of many instances beside each other, and what is looked at every few minutes. */
final class DrillScenes {
  static final Instant BEGUN = Scene.DUE.plus(Duration.ofHours(6));

  /** Longer than twice the deadline of a drill. */
  static final Instant OVER = BEGUN.plus(Duration.ofHours(8));

  private static final Duration LOOK = Duration.ofMinutes(4);

  /** A function that records an end and dies is tried again within a minute. */
  private static final Duration RECORDED = Duration.ofMinutes(3);

  final Map<Integer, DrillRow> rows = new TreeMap<>();
  EmbeddedCloud cloud;
  private final Map<String, Instant> lastSeen = new TreeMap<>();
  private final List<String> leased = new ArrayList<>();

  /** Has so many instances drilled, from one instant on. */
  void play(int drills, Drill drill, Faults faults, Consumer<EmbeddedCloud> besides) {
    play(RestoreWorld.fleet(drills, 2), drill, faults, besides);
  }

  /** Has every instance of a fleet drilled, from one instant on. */
  void play(Fleet fleet, Drill drill, Faults faults, Consumer<EmbeddedCloud> besides) {
    int drills = fleet.instances().size();
    rows.clear();
    lastSeen.clear();
    leased.clear();
    Scene.of(fleet)
        .policy(Drilling.DATA_ALONE)
        .faults(faults)
        .besides(
            given -> {
              cloud = given;
              for (int number = 1; number <= drills; number++) {
                Drilling.at(given, BEGUN.plusSeconds(number), number, drill);
              }
              given.sweepDrills(OVER);
              for (Instant at = BEGUN; !at.isAfter(OVER); at = at.plus(LOOK)) {
                given.time().at(at, this::look);
              }
              besides.accept(given);
            })
        .play();
  }

  private void look() {
    Instant now = cloud.time().instant();
    cloud.ec2().taggedAs(DrillTags.DRILL).forEach((id, drill) -> lastSeen.put(drill, now));
    for (DrillRow row : Drilling.all(cloud)) {
      rows.put(Drilling.number(row.id().value()), row);
      row.end()
          .filter(end -> end.at().plus(RECORDED).isBefore(now))
          .flatMap(end -> cloud.ledger().setLease(row.order().set(), now))
          .ifPresent(holder -> leased.add("%s at %s".formatted(holder, now)));
    }
  }

  /** How long after a time there was last something of a drill; empty: there never was. */
  Optional<Duration> lasted(int number, Instant from) {
    return Optional.ofNullable(lastSeen.get(Drilling.id(number).value()))
        .map(at -> Duration.between(from, at));
  }

  /** Nothing of it is there, its lease is given back, and what it says is so. */
  void isOver(int number, String what) {
    assertThat(leased).as(what).isEmpty();
    DrillRow row = rows.get(number);
    if (row == null) {
      assertThat(lasted(number, BEGUN)).as("%s: nothing is on record", what).isEmpty();
      return;
    }
    assertThat(row.end()).as("%s: %s", what, row).isPresent();
    DrillEnd end = row.end().orElseThrow();
    assertThat(end.reason()).as(what).isNotBlank();
    assertThat(end.left()).as(what).isEmpty();
    lasted(number, row.startedAt())
        .ifPresent(
            lasted ->
                assertThat(lasted)
                    .as("%s: until nothing was left", what)
                    .isLessThan(
                        DrillBounds.deadline(row.order().drill().timeout()).multipliedBy(2)));
    assertThat(lastSeen.getOrDefault(row.id().value(), Instant.MIN))
        .as("%s: what was there when it ended", what)
        .isBeforeOrEqualTo(end.at());
    if (end.verdict().passed() && row.order().drill().level() != Level.L0) {
      assertThat(row.check(DrillCommand.VALIDATE).orElseThrow().succeeded()).as(what).isTrue();
    }
  }

  DrillVerdict verdict(int number) {
    return end(number).verdict();
  }

  DrillEnd end(int number) {
    return rows.get(number).end().orElseThrow();
  }
}
