package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.ssm.document.DocumentStep;
import dev.freezeframe.rehearsal.ssm.document.SsmRefusal;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.CommandPluginStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvalidPluginNameException;

/** One command on one instance. */
final class Invocation {
  static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int MAX_STDOUT = 24_000;
  private static final int MAX_STDERR = 8_000;
  private static final int MAX_LISTED = 2_500;

  private final SentCommand command;
  private final String instanceId;
  private final List<VirtualTime.Timer> timers = new ArrayList<>();
  private CommandInvocationStatus status = CommandInvocationStatus.PENDING;
  private String details = "Pending";
  private Runnable whenCancelled;
  private Instant startedAt;
  private final Map<String, StepResult> results = new LinkedHashMap<>();

  Invocation(SentCommand command, String instanceId) {
    this.command = command;
    this.instanceId = instanceId;
  }

  SentCommand command() {
    return command;
  }

  String instanceId() {
    return instanceId;
  }

  CommandInvocationStatus status() {
    return status;
  }

  String details() {
    return details;
  }

  boolean waiting() {
    return status == CommandInvocationStatus.PENDING || status == CommandInvocationStatus.DELAYED;
  }

  boolean ended() {
    return !waiting()
        && status != CommandInvocationStatus.IN_PROGRESS
        && status != CommandInvocationStatus.CANCELLING;
  }

  /** Events that no longer happen once it has ended. */
  void until(VirtualTime.Timer timer) {
    timers.add(timer);
  }

  void delayed() {
    if (status == CommandInvocationStatus.PENDING) {
      become(CommandInvocationStatus.DELAYED, "Delayed");
    }
  }

  /** The agent starts it, at an instant of the guest's clock. */
  void started(Instant at) {
    startedAt = at;
    become(CommandInvocationStatus.IN_PROGRESS, "InProgress");
  }

  /** What the agent does when it is told to cancel this; else it does nothing about it. */
  void whenCancelled(Runnable action) {
    whenCancelled = action;
  }

  /** One that the agent does not have yet is cancelled; of others it is asked of the agent. */
  void cancel() {
    if (waiting()) {
      end(CommandInvocationStatus.CANCELLED, "Cancelled");
    } else if (!ended() && whenCancelled != null) {
      become(CommandInvocationStatus.CANCELLING, "Cancelling");
      whenCancelled.run();
      whenCancelled = null;
    }
  }

  /** One of its steps has come to its end. */
  void add(StepResult result) {
    results.put(result.name(), result);
  }

  /** All steps have come to their end: one that failed counts before one that was killed. */
  void finish() {
    if (ended()) {
      return;
    }
    if (having(CommandInvocationStatus.FAILED)) {
      end(CommandInvocationStatus.FAILED, "Failed");
    } else if (having(CommandInvocationStatus.TIMED_OUT)) {
      end(CommandInvocationStatus.TIMED_OUT, "ExecutionTimedOut");
    } else {
      end(CommandInvocationStatus.SUCCESS, "Success");
    }
  }

  private boolean having(CommandInvocationStatus wanted) {
    return results.values().stream().anyMatch(result -> result.status() == wanted);
  }

  /** Systems Manager gives up on it, or was told to. */
  void givenUp(CommandInvocationStatus last, String why) {
    if (!ended()) {
      end(last, why);
    }
  }

  private static String first(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  private void end(CommandInvocationStatus last, String why) {
    become(last, why);
    timers.forEach(VirtualTime.Timer::cancel);
    timers.clear();
    command.invocationEnded();
  }

  private void become(CommandInvocationStatus next, String why) {
    status = next;
    details = why;
  }

  /**
   * What GetCommandInvocation answers. Of several steps it tells nothing but the status, unless one
   * is named.
   */
  GetCommandInvocationResponse described(Optional<String> plugin) {
    List<DocumentStep> steps = command.document().steps();
    if (plugin.isEmpty() && steps.size() > 1) {
      return described("", status, details, Optional.empty(), Optional.empty());
    }
    String name = plugin.orElse(steps.get(0).name());
    if (steps.stream().noneMatch(step -> step.name().equals(name))) {
      throw SsmRefusal.of(
          InvalidPluginNameException.builder(),
          "InvalidPluginName",
          "The document %s has no step %s".formatted(command.document().name(), name));
    }
    Optional<StepResult> result = Optional.ofNullable(results.get(name));
    Optional<Instant> from =
        result.map(StepResult::startedAt).or(() -> Optional.ofNullable(startedAt));
    return steps.size() > 1 && result.isPresent()
        ? described(name, result.get().status(), result.get().status().toString(), from, result)
        : described(name, status, details, from, result);
  }

  private GetCommandInvocationResponse described(
      String plugin,
      CommandInvocationStatus shown,
      String why,
      Optional<Instant> from,
      Optional<StepResult> result) {
    return GetCommandInvocationResponse.builder()
        .commandId(command.id())
        .instanceId(instanceId)
        .comment(command.comment())
        .documentName(command.document().name())
        .documentVersion(command.document().version())
        .pluginName(plugin)
        .responseCode(result.map(StepResult::code).orElse(-1))
        .executionStartDateTime(from.map(ISO::format).orElse(""))
        .executionEndDateTime(result.map(one -> ISO.format(one.endedAt())).orElse(""))
        .executionElapsedTime(
            result
                .map(one -> Duration.between(one.startedAt(), one.endedAt()).toString())
                .orElse(""))
        .status(shown)
        .statusDetails(why)
        .standardOutputContent(result.map(one -> first(one.stdout(), MAX_STDOUT)).orElse(""))
        .standardErrorContent(result.map(one -> first(one.stderr(), MAX_STDERR)).orElse(""))
        .standardOutputUrl("")
        .standardErrorUrl("")
        .build();
  }

  CommandInvocation listed(boolean withDetails) {
    CommandInvocation.Builder invocation =
        CommandInvocation.builder()
            .commandId(command.id())
            .instanceId(instanceId)
            .comment(command.comment())
            .documentName(command.document().name())
            .documentVersion(command.document().version())
            .requestedDateTime(command.requestedAt())
            .status(status)
            .statusDetails(details);
    if (withDetails) {
      invocation.commandPlugins(
          command.document().steps().stream().map(DocumentStep::name).map(this::plugin).toList());
    }
    return invocation.build();
  }

  private CommandPlugin plugin(String name) {
    StepResult result = results.get(name);
    if (result != null) {
      return CommandPlugin.builder()
          .name(name)
          .status(CommandPluginStatus.fromValue(result.status().toString()))
          .statusDetails(result.status().toString())
          .responseCode(result.code())
          .responseStartDateTime(result.startedAt())
          .responseFinishDateTime(result.endedAt())
          .output(first(result.stdout() + result.stderr(), MAX_LISTED))
          .build();
    }
    boolean alone = command.document().steps().size() == 1;
    return CommandPlugin.builder()
        .name(name)
        .status(
            alone ? CommandPluginStatus.fromValue(status.toString()) : CommandPluginStatus.PENDING)
        .statusDetails(alone ? details : "Pending")
        .responseCode(-1)
        .responseStartDateTime(alone ? startedAt : null)
        .output("")
        .build();
  }
}
