package dev.freezeframe.rehearsal.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillOrder;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.schedule.Schedule;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Drills as a policy has them, or as a person would begin them. */
final class Drilling {
  static final PolicyName DAILY = new PolicyName("daily");

  /** Sets of all volumes, of which no drill takes the one that boots. */
  static final String POLICY =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      scripts: {document: freezeframe-filesystem, timeout: 30s, retries: 1}
      volumes: {excludeBoot: false}
      retention: {days: 60}
      """;

  /** Sets of data volumes alone. */
  static final String DATA_ALONE = POLICY.replace("volumes: {excludeBoot: false}\n", "");

  private Drilling() {}

  /** A drill of a level by a document of ours, such as {@code postgresql}. */
  static Drill drill(Drill.Level level, String document) {
    return drill(level, document, Duration.ofDays(90), new Drill.Limits(2, 2000, 20));
  }

  static Drill drill(Drill.Level level, String document, Duration every, Drill.Limits limits) {
    return new Drill(
        every,
        new Schedule("cron(0 8 * * ? *)", ZoneId.of("UTC"), Duration.ZERO),
        level,
        "freezeframe-drill-" + document,
        Duration.ofMinutes(30),
        new Drill.Host(Optional.empty(), Optional.empty(), List.of(), List.of()),
        limits,
        new Drill.Targets(Optional.empty(), Optional.empty()));
  }

  static DrillId id(int number) {
    return new DrillId("drill-20261122T080000Z-%08x".formatted(number));
  }

  /** The number of the drill of an execution; 0: it is another. */
  static int number(String execution) {
    String name = execution.substring(execution.lastIndexOf(':') + 1);
    return DrillId.isWellFormed(name) && name.startsWith("drill-20261122T080000Z-")
        ? Integer.parseUnsignedInt(name.substring(23), 16)
        : 0;
  }

  /**
   * Has the newest set of an instance drilled at some time, for a policy of its own, so that many
   * go on beside each other.
   */
  static void at(EmbeddedCloud cloud, Instant when, int number, Drill drill) {
    cloud.time().at(when, () -> start(cloud, number, drill));
  }

  private static void start(EmbeddedCloud cloud, int number, Drill drill) {
    InstanceId instance = new InstanceId(Fleets.instanceId(number));
    SnapshotRow newest =
        cloud.ledgerSnapshots().values().stream()
            .map(life -> life.row())
            .filter(row -> row.instance().equals(instance))
            .max(Comparator.comparing(SnapshotRow::pointInTime))
            .orElseThrow();
    ObjectNode input = Json.mapper().createObjectNode();
    input.put("drillId", id(number).value());
    input.set(
        "order",
        Json.mapper()
            .valueToTree(
                new DrillOrder(
                    new PolicyName("policy-" + number),
                    drill,
                    newest.set(),
                    instance,
                    "somebody asks for it")));
    cloud.startDrill(id(number).value(), input);
  }

  /** All drills that are on record, the oldest first. */
  static List<DrillRow> all(EmbeddedCloud cloud) {
    return cloud.ledger().drills(Instant.EPOCH).stream()
        .sorted(Comparator.comparing(DrillRow::startedAt).thenComparing(DrillRow::id))
        .toList();
  }
}
