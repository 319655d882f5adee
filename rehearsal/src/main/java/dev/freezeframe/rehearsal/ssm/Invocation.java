package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.CommandPluginStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/** One command on one instance. */
final class Invocation {
  static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int KILLED = 137;
  private static final int MOST_STDOUT = 24_000;
  private static final int MOST_STDERR = 8_000;

  private final SentCommand command;
  private final String instanceId;
  private final List<VirtualTime.Timer> timers = new ArrayList<>();
  private CommandInvocationStatus status = CommandInvocationStatus.PENDING;
  private String details = "Pending";
  private int responseCode = -1;
  private Runnable whenCancelled;
  private Instant startedAt;
  private Instant endedAt;
  private String stdout = "";
  private String stderr = "";

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

  /** The script has ended by itself, at an instant of the guest's clock. */
  void ended(ScriptOutcome outcome, Instant at) {
    output(outcome, at);
    responseCode = outcome.exitCode();
    boolean good = responseCode == 0;
    end(
        good ? CommandInvocationStatus.SUCCESS : CommandInvocationStatus.FAILED,
        good ? "Success" : "Failed");
  }

  /** The agent has killed the script, which had run too long. */
  void killed(ScriptOutcome outcome, Instant at) {
    output(outcome, at);
    responseCode = KILLED;
    end(CommandInvocationStatus.TIMED_OUT, "ExecutionTimedOut");
  }

  /** Systems Manager gives up on it, or was told to. */
  void givenUp(CommandInvocationStatus last, String why) {
    if (!ended()) {
      end(last, why);
    }
  }

  private void output(ScriptOutcome outcome, Instant at) {
    endedAt = at;
    stdout = first(outcome.stdout(), MOST_STDOUT);
    stderr = first(outcome.stderr(), MOST_STDERR);
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

  GetCommandInvocationResponse described(String plugin) {
    return GetCommandInvocationResponse.builder()
        .commandId(command.id())
        .instanceId(instanceId)
        .comment(command.comment())
        .documentName(command.document().name())
        .documentVersion(command.document().version())
        .pluginName(plugin)
        .responseCode(responseCode)
        .executionStartDateTime(startedAt == null ? "" : ISO.format(startedAt))
        .executionEndDateTime(endedAt == null ? "" : ISO.format(endedAt))
        .executionElapsedTime(
            endedAt == null ? "" : Duration.between(startedAt, endedAt).toString())
        .status(status)
        .statusDetails(details)
        .standardOutputContent(stdout)
        .standardErrorContent(stderr)
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
          CommandPlugin.builder()
              .name(command.document().plugin())
              .status(CommandPluginStatus.fromValue(status.toString()))
              .statusDetails(details)
              .responseCode(responseCode)
              .responseStartDateTime(startedAt)
              .responseFinishDateTime(endedAt)
              .output(stdout)
              .build());
    }
    return invocation.build();
  }
}
