package dev.freezeframe.rehearsal.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.InstancePermission;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.plan.Planned;
import dev.freezeframe.restore.plan.RestorePlanner;
import dev.freezeframe.restore.view.RestoreReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/** Restores as a person would begin them: planned, and applied as they were shown. */
final class Restoring {
  private final EmbeddedCloud cloud;
  private OptionalInt rate = OptionalInt.empty();

  /** By the number of the instance, how each was planned. */
  final Map<Integer, Planned> planned = new TreeMap<>();

  Restoring(EmbeddedCloud cloud) {
    this.cloud = cloud;
  }

  /** Restores are over only when their volumes are initialized at that rate, in MiB/s. */
  Restoring initializing(int given) {
    rate = OptionalInt.of(given);
    return this;
  }

  static RestoreId id(int number) {
    return new RestoreId("restore-20261122T030000Z-%08x".formatted(number));
  }

  /** Restores the newest set of an instance at some time. */
  void at(Instant when, int number, Destination to, Optional<InstanceId> target) {
    at(when, when.plusSeconds(5), number, to, target);
  }

  /** Plans a restore at some time, and applies the plan at another. */
  void at(Instant when, Instant applied, int number, Destination to, Optional<InstanceId> target) {
    cloud
        .time()
        .at(
            when,
            () ->
                cloud.time().start("person " + number, () -> restore(applied, number, to, target)));
  }

  private void restore(Instant applied, int number, Destination to, Optional<InstanceId> target) {
    InstanceId instance = new InstanceId(Fleets.instanceId(number));
    SnapshotRow newest =
        cloud.ledgerSnapshots().values().stream()
            .map(life -> life.row())
            .filter(row -> row.instance().equals(instance))
            .max(Comparator.comparing(SnapshotRow::pointInTime))
            .orElseThrow();
    RestoreRequest request =
        new RestoreRequest(
            newest.set(),
            instance,
            to,
            target,
            Optional.empty(),
            rate,
            rate.isPresent(),
            List.of(),
            List.of(Consistency.values()),
            new TreeSet<>(),
            false,
            Optional.empty());
    Planned plan =
        RestorePlanner.plan(
            request,
            new RestoreReader(
                    cloud.ec2().client(3, InstancePermission.ANY),
                    cloud.ledger(),
                    cloud.time().clock())
                .look(request));
    planned.put(number, plan);
    if (plan instanceof Planned.Plan known) {
      cloud.time().at(applied, () -> start(number, request, known.hash()));
    }
  }

  void start(int number, RestoreRequest request, String hash) {
    ObjectNode input = Json.mapper().createObjectNode();
    input.put("restoreId", id(number).value());
    input.put("hash", hash);
    input.set("request", Json.mapper().valueToTree(request));
    cloud.startRestore(id(number).value(), input);
  }

  /** Asks that a restore be undone, or cleaned up. */
  void ask(int number, String what) {
    cloud.startRestore(
        "%s-%s".formatted(id(number), what),
        Json.mapper().createObjectNode().put("restoreId", id(number).value()).put(what, true));
  }

  /** How long after its start a restore has ended, whatever befalls it. */
  static final Duration LONG = Duration.ofHours(6);
}
