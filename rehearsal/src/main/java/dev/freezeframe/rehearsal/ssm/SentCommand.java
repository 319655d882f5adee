package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.ssm.document.SsmDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.CommandStatus;

/** A command that was sent, with what happens to it on each instance. */
final class SentCommand {
  private final int number;
  private final String id;
  private final SsmDocument document;
  private final Map<String, List<String>> given;
  private final SortedMap<String, String> values;
  private final String comment;
  private final Instant requestedAt;
  private final Duration timeout;
  private final SortedMap<String, Invocation> invocations = new TreeMap<>();
  private int ended;

  SentCommand(
      int number,
      String id,
      SsmDocument document,
      Map<String, List<String>> given,
      String comment,
      Instant requestedAt,
      Duration timeout) {
    this.number = number;
    this.id = id;
    this.document = document;
    this.given = given;
    this.values = document.resolve(given);
    this.comment = comment == null ? "" : comment;
    this.requestedAt = requestedAt;
    this.timeout = timeout;
  }

  Invocation to(String instanceId) {
    Invocation invocation = new Invocation(this, instanceId);
    invocations.put(instanceId, invocation);
    return invocation;
  }

  /** Sorts the newest first. */
  String order() {
    return "%010d".formatted(Integer.MAX_VALUE - number);
  }

  String id() {
    return id;
  }

  SsmDocument document() {
    return document;
  }

  SortedMap<String, String> values() {
    return values;
  }

  String comment() {
    return comment;
  }

  Instant requestedAt() {
    return requestedAt;
  }

  /** When it is given up where it has not been started. */
  Instant expiresAt() {
    return requestedAt.plus(timeout);
  }

  /** When it is given up wherever it has not ended. */
  Instant boundAt() {
    return expiresAt().plus(document.executionTimeout(values));
  }

  SortedMap<String, Invocation> invocations() {
    return invocations;
  }

  void invocationEnded() {
    ended++;
  }

  Command described() {
    CommandStatus status = status();
    return Command.builder()
        .commandId(id)
        .documentName(document.name())
        .documentVersion(document.version())
        .comment(comment)
        .parameters(given)
        .instanceIds(invocations.keySet())
        .requestedDateTime(requestedAt)
        .expiresAfter(boundAt())
        .timeoutSeconds((int) timeout.toSeconds())
        .status(status)
        .statusDetails(status.toString())
        .targetCount(invocations.size())
        .completedCount(ended)
        .errorCount((int) having(CommandInvocationStatus.FAILED))
        .deliveryTimedOutCount(
            (int)
                invocations.values().stream()
                    .filter(invocation -> invocation.details().equals("DeliveryTimedOut"))
                    .count())
        .build();
  }

  private CommandStatus status() {
    if (ended < invocations.size()) {
      return having(CommandInvocationStatus.PENDING) == invocations.size()
          ? CommandStatus.PENDING
          : CommandStatus.IN_PROGRESS;
    }
    for (CommandInvocationStatus worst :
        List.of(
            CommandInvocationStatus.FAILED,
            CommandInvocationStatus.TIMED_OUT,
            CommandInvocationStatus.CANCELLED)) {
      if (having(worst) > 0) {
        return CommandStatus.fromValue(worst.toString());
      }
    }
    return CommandStatus.SUCCESS;
  }

  private long having(CommandInvocationStatus status) {
    return invocations.values().stream()
        .filter(invocation -> invocation.status() == status)
        .count();
  }
}
