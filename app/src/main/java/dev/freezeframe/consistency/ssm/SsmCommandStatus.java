package dev.freezeframe.consistency.ssm;

import dev.freezeframe.consistency.marker.GuestTime;
import dev.freezeframe.consistency.script.ExitCode;
import dev.freezeframe.consistency.script.ScriptRun;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/**
 * The status of a command on an instance, as Systems Manager shows it at one look.
 *
 * <p>Of a document of several steps GetCommandInvocation tells the status alone; its exit code,
 * output and times are those of its steps, which ListCommandInvocations has.
 *
 * @param exitCode of the script; -1: it did not exit, or has several steps
 * @param startedAt by the guest's clock, as {@code endedAt}
 * @param output of all that ran, in order
 */
record SsmCommandStatus(
    CommandInvocationStatus status,
    int exitCode,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    String output) {
  /** Room for a stamp that names 128 volumes, and what stands around it. */
  private static final int TAIL = 8_000;

  /** How the agent begins its word on a step that it left out. */
  private static final List<String> LEFT_OUT =
      List.of("Step execution skipped due to ", "Plugin with name ");

  static SsmCommandStatus of(GetCommandInvocationResponse answer) {
    return new SsmCommandStatus(
        answer.status(),
        answer.responseCode() == null ? -1 : answer.responseCode(),
        GuestTime.parse(answer.executionStartDateTime()),
        GuestTime.parse(answer.executionEndDateTime()),
        tail(answer.standardOutputContent()) + tail(answer.standardErrorContent()));
  }

  /**
   * Reads the steps. The exit code is the first of DLM's contract, else the first that is not 0:
   * what comes after a step that failed may fail as well and means less.
   */
  static SsmCommandStatus of(CommandInvocation invocation) {
    List<CommandPlugin> ran =
        invocation.commandPlugins().stream()
            .filter(SsmCommandStatus::ended)
            .filter(plugin -> LEFT_OUT.stream().noneMatch(text(plugin)::startsWith))
            .sorted(
                Comparator.comparing(
                    CommandPlugin::responseStartDateTime,
                    Comparator.nullsLast(Comparator.naturalOrder())))
            .toList();
    List<Integer> codes = ran.stream().map(CommandPlugin::responseCode).toList();
    int code =
        Stream.concat(
                codes.stream().filter(one -> ExitCode.of(one).isPresent()),
                codes.stream().filter(one -> one != 0))
            .findFirst()
            .orElse(codes.isEmpty() ? -1 : 0);
    return new SsmCommandStatus(
        invocation.status(),
        code,
        invocation.commandPlugins().stream()
            .map(CommandPlugin::responseStartDateTime)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder()),
        ran.stream()
            .map(CommandPlugin::responseFinishDateTime)
            .filter(Objects::nonNull)
            .reduce((first, second) -> second),
        ran.stream().map(SsmCommandStatus::text).collect(Collectors.joining("\n")));
  }

  private static boolean ended(CommandPlugin plugin) {
    return plugin.responseCode() != null && plugin.responseCode() >= 0;
  }

  private static String text(CommandPlugin plugin) {
    return plugin.output() == null ? "" : plugin.output();
  }

  /** This, with what its steps tell. */
  SsmCommandStatus with(SsmCommandStatus steps) {
    return new SsmCommandStatus(
        status,
        steps.exitCode(),
        startedAt.or(steps::startedAt),
        endedAt.or(steps::endedAt),
        steps.output());
  }

  boolean started() {
    return startedAt.isPresent();
  }

  /** How it ended; empty: it has not. */
  Optional<ScriptRun.Ending> ending() {
    return switch (status) {
      case PENDING, IN_PROGRESS, DELAYED, CANCELLING -> Optional.empty();
      case SUCCESS -> Optional.of(ScriptRun.Ending.SUCCEEDED);
      case CANCELLED -> Optional.of(ScriptRun.Ending.CANCELLED);
      case TIMED_OUT -> Optional.of(withoutExit());
      case FAILED -> Optional.of(exitCode < 0 ? withoutExit() : ScriptRun.Ending.FAILED);
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalStateException("expected a documented status of a command, found none");
    };
  }

  /**
   * A command that has begun was delivered, whatever the details of the status say: {@code
   * DeliveryTimedOut} is also that of an invocation whose end nobody heard of before the command
   * expired.
   */
  private ScriptRun.Ending withoutExit() {
    return started() ? ScriptRun.Ending.TIMED_OUT : ScriptRun.Ending.UNDELIVERED;
  }

  /** The run that it shows; empty: it has not ended. */
  Optional<ScriptRun> run(String commandId, Instant sentAt, Instant knownAt) {
    return ending()
        .map(
            ending ->
                new ScriptRun(
                    commandId,
                    ending,
                    exitCode,
                    sentAt,
                    knownAt,
                    startedAt,
                    endedAt,
                    tail(output)));
  }

  private static String tail(String text) {
    if (text == null) {
      return "";
    }
    return text.length() <= TAIL ? text : text.substring(text.length() - TAIL);
  }
}
