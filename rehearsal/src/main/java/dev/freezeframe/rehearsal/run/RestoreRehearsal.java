package dev.freezeframe.rehearsal.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.restore.CreatedVolume;
import dev.freezeframe.rehearsal.restore.RestoreOrder;
import dev.freezeframe.rehearsal.restore.RestoreReport;
import dev.freezeframe.rehearsal.restore.Restores;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.restore.plan.Planned;
import dev.freezeframe.restore.plan.RestorePlanner;
import dev.freezeframe.restore.view.RestoreReader;
import dev.freezeframe.retention.RetainedSet;
import dev.freezeframe.snapshot.SnapshotState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * Restores sets in an embedded cloud as the command line does: planned by the same reader and
 * planner, carried out by {@code restore-set} under the hash of the plan.
 */
public final class RestoreRehearsal {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Longer than a restore takes that breaks off and is undone. */
  private static final Duration SWEPT = Duration.ofDays(1);

  /** A restore that is not undone by then never is: a deployment goes on looking. */
  private static final Duration GIVEN_UP = Duration.ofDays(8);

  private final EmbeddedCloud cloud;
  private final List<Asked> asked = new ArrayList<>();

  public RestoreRehearsal(EmbeddedCloud cloud) {
    this.cloud = cloud;
  }

  /**
   * A restore that was asked for.
   *
   * @param refused why nothing was started; empty: {@code execution} was
   */
  private record Asked(
      RestoreId id,
      RestoreRequest request,
      Instant at,
      Optional<Refused> refused,
      Optional<String> execution) {}

  private record Refused(Status status, String reason) {}

  /** Has the newest sets restored as ordered, all of them from one instant on. */
  public void begin(RestoreOrder order) {
    begin(order, sets -> sets.get(0));
  }

  /**
   * Has a set of each instance restored as ordered, all of them from one instant on.
   *
   * @param choice of the sets of an instance, the newest first
   */
  public void begin(RestoreOrder order, Function<List<RetainedSet>, RetainedSet> choice) {
    cloud.time().after(order.after(), () -> start(order, choice));
  }

  private void start(RestoreOrder order, Function<List<RetainedSet>, RetainedSet> choice) {
    Instant now = cloud.time().instant();
    sweep(now.plus(GIVEN_UP));
    Map<InstanceId, List<RetainedSet>> sets = new TreeMap<>();
    order
        .instance()
        .map(instance -> RetainedSet.of(cloud.ledger(), instance, now))
        .orElseGet(() -> RetainedSet.all(cloud.ledger(), now))
        .stream()
        .sorted(Comparator.comparing(RetainedSet::pointInTime).reversed())
        .forEach(
            set -> sets.computeIfAbsent(set.group().instance(), any -> new ArrayList<>()).add(set));
    sets.forEach(
        (instance, own) ->
            cloud
                .time()
                .start(
                    "restore-" + instance,
                    () -> restore(order.request(choice.apply(own).set(), instance))));
  }

  /** Whether all of a set has completed, by what the ledger says. */
  public boolean isCompleted(RetainedSet set) {
    return cloud.ledger().lives(set.snapshots()).stream()
        .allMatch(life -> life.row().state() == SnapshotState.COMPLETED);
  }

  /** Sweeps for a day, and for as long as a restore is not over. */
  private void sweep(Instant until) {
    Instant now = cloud.time().instant();
    cloud.sweepRestores(now.plus(SWEPT));
    cloud
        .time()
        .after(
            SWEPT,
            () -> {
              if (cloud.time().instant().isBefore(until)
                  && cloud.ledger().restores(Instant.EPOCH).stream().anyMatch(RestoreRow::open)) {
                sweep(until);
              }
            });
  }

  private void restore(RestoreRequest request) {
    Instant at = cloud.time().instant();
    Ledger ledger = cloud.ledger();
    try (Ec2Client ec2 = cloud.ec2().client(EmbeddedDependencies.SDK_ATTEMPTS)) {
      Planned planned =
          RestorePlanner.plan(
              request, new RestoreReader(ec2, ledger, cloud.time().clock()).look(request));
      // Now, since no other begins between the choice of the id and the start under it.
      RestoreId id = newId(request.set(), at);
      if (planned instanceof Planned.Plan plan) {
        put(request, id, at, Optional.empty(), Optional.of(start(id, request, plan.hash())));
      } else {
        String reasons = String.join("; ", ((Planned.Refused) planned).reasons());
        put(request, id, at, Optional.of(new Refused(Status.REFUSED, reasons)), Optional.empty());
      }
    } catch (SdkException | FunctionDied failed) {
      String reason = "it could not be planned: " + failed.getMessage();
      put(
          request,
          newId(request.set(), at),
          at,
          Optional.of(new Refused(Status.FAILED, reason)),
          Optional.empty());
    }
  }

  private void put(
      RestoreRequest request,
      RestoreId id,
      Instant at,
      Optional<Refused> refused,
      Optional<String> execution) {
    asked.add(new Asked(id, request, at, refused, execution));
  }

  /** The same seed gives the same ids; two that are asked for at one instant differ. */
  private RestoreId newId(AttemptId set, Instant at) {
    RestoreId id = id(set.value(), at);
    while (isTaken(id)) {
      id = id(id.value(), at);
    }
    return id;
  }

  private boolean isTaken(RestoreId id) {
    return cloud.restores().stream().anyMatch(known -> known.name().equals(id.value()));
  }

  private static RestoreId id(String of, Instant at) {
    UUID hashed = UUID.nameUUIDFromBytes((of + " " + at).getBytes(StandardCharsets.UTF_8));
    return new RestoreId(
        "restore-%s-%s".formatted(SECOND.format(at), hashed.toString().substring(0, 8)));
  }

  private String start(RestoreId id, RestoreRequest request, String hash) {
    ObjectNode input = Json.mapper().createObjectNode();
    input.put("restoreId", id.value());
    input.set("request", Json.mapper().valueToTree(request));
    input.put("hash", hash);
    return cloud.startRestore(id.value(), input);
  }

  /** How all of them went, once nothing is left to happen. */
  public Restores result() {
    Map<String, Volume> volumes =
        cloud.ec2().volumes().stream()
            .collect(
                Collectors.toMap(Volume::volumeId, volume -> volume, (a, b) -> a, TreeMap::new));
    List<RestoreReport> reports = new ArrayList<>();
    asked.forEach(one -> reports.add(report(one, volumes)));
    return new Restores(reports, List.copyOf(volumes.values()));
  }

  private RestoreReport report(Asked one, Map<String, Volume> volumes) {
    Optional<Execution> execution = one.execution().map(cloud.states()::execution);
    Optional<RestoreRow> row = cloud.ledger().restore(one.id());
    Refused end =
        one.refused()
            .or(
                () ->
                    row.filter(found -> !found.open() || found.notUndone())
                        .map(RestoreRehearsal::end))
            .orElseGet(() -> new Refused(Status.FAILED, unfinished(execution)));
    return new RestoreReport(
        one.id(),
        one.request(),
        one.at(),
        end.status(),
        end.reason(),
        row.map(RestoreRow::reached).orElse(Map.of()),
        execution.map(Execution::stateNames).orElse(List.of()),
        cloud.ledger().restoredVolumes(one.id()).stream()
            .map(
                created ->
                    new CreatedVolume(
                        created.creation().snapshot(),
                        created.volume().map(Object::toString),
                        created.volume().map(id -> volumes.get(id.value()))))
            .toList());
  }

  private static Refused end(RestoreRow row) {
    return new Refused(row.status(), row.reason());
  }

  private static String unfinished(Optional<Execution> execution) {
    return execution
        .map(
            found ->
                "its execution is %s, and the ledger has no end of it%s"
                    .formatted(found.status(), found.cause().map(cause -> ": " + cause).orElse("")))
        .orElse("nothing was started");
  }
}
