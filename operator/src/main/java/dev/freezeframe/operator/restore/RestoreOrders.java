package dev.freezeframe.operator.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freezeframe.common.Json;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/** Starts executions of {@code restore-set}, and looks at them. */
final class RestoreOrders {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Of the hash, in an id. */
  private static final int DIGITS = 8;

  /** How often a restore may be undone or cleaned up again: a name is taken for 90 days. */
  private static final int MAX_TRIES = 20;

  private static final Set<String> FAILED = Set.of("FAILED", "TIMED_OUT", "ABORTED");

  private final SfnClient stepFunctions;
  private final String machine;

  RestoreOrders(SfnClient stepFunctions, String machine) {
    this.stepFunctions = stepFunctions;
    this.machine = machine;
  }

  /** The input of an execution that restores. */
  private record Restore(RestoreId restoreId, RestoreRequest request, String hash) {}

  /** The input of one that undoes a restore. */
  private record Undo(RestoreId restoreId, boolean undo) {}

  /** The input of one that deletes what is left of a restore. */
  private record Clean(RestoreId restoreId, boolean clean) {}

  /** The id of a restore: the same plan, applied twice in a second, is one restore. */
  static RestoreId id(String hash, Instant now) {
    return new RestoreId("restore-%s-%s".formatted(TIME.format(now), hash.substring(0, DIGITS)));
  }

  /**
   * Starts a restore.
   *
   * @return the ARN of the execution
   */
  String restore(RestoreId id, RestorePlan plan, String hash) {
    return start(id.value(), json(new Restore(id, plan.request(), hash)))
        .orElseThrow(
            () -> new IllegalStateException("%s: expected a name that is free".formatted(id)));
  }

  /** Undoes a restore. */
  String undo(RestoreId id) {
    return again(id + "-undo", json(new Undo(id, true)));
  }

  /** Deletes what is left of a restore. */
  String clean(RestoreId id) {
    return again(id + "-clean", json(new Clean(id, true)));
  }

  /** A name whose execution has ended is taken all the same. */
  private String again(String name, String input) {
    for (int number = 1; number <= MAX_TRIES; number++) {
      Optional<String> started = start(number == 1 ? name : name + "-" + number, input);
      if (started.isPresent()) {
        return started.get();
      }
    }
    throw new IllegalStateException("%s: expected one of %d tries".formatted(name, MAX_TRIES));
  }

  /** One that runs under that name with that input is the same; empty: the name is taken. */
  private Optional<String> start(String name, String input) {
    try {
      return Optional.of(
          stepFunctions
              .startExecution(request -> request.stateMachineArn(machine).name(name).input(input))
              .executionArn());
    } catch (ExecutionAlreadyExistsException taken) {
      return Optional.empty();
    }
  }

  /**
   * The end of an execution.
   *
   * @param words how it failed, in its own words; empty: it succeeded
   */
  record Ended(Optional<String> words) {}

  /** How an execution ended; empty: it has not, or it is not there yet. */
  Optional<Ended> end(String execution) {
    try {
      var found = stepFunctions.describeExecution(request -> request.executionArn(execution));
      String status = found.statusAsString();
      if (status.equals("SUCCEEDED")) {
        return Optional.of(new Ended(Optional.empty()));
      }
      return FAILED.contains(status)
          ? Optional.of(
              new Ended(
                  Optional.of(
                      "%s%s%s"
                          .formatted(
                              status,
                              found.error() == null ? "" : " (" + found.error() + ")",
                              found.cause() == null ? "" : ": " + found.cause()))))
          : Optional.empty();
    } catch (ExecutionDoesNotExistException notYet) {
      return Optional.empty();
    }
  }

  private static String json(Object input) {
    try {
      return Json.mapper().writeValueAsString(input);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("input of restore-set: expected JSON", impossible);
    }
  }
}
