package dev.freezeframe.consistency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentVersionException;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** Runs scripts by SSM Run Command. */
public final class SsmScriptRunner implements ScriptRunner {
  /** The shortest delivery time-out that SendCommand takes. */
  static final Duration DELIVERY = Duration.ofSeconds(30);

  /** What delivery and the agent's reporting may take beyond their time-outs. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** How far this clock may run ahead of Systems Manager's. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final Duration FIRST_LOOK = Duration.ofMillis(300);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int TAIL = 4_000;

  private final SsmClient sender;
  private final SsmClient reader;
  private final Clock clock;
  private final Pause pause;

  /**
   * A runner.
   *
   * @param sender must not retry: SendCommand has no client token, and a second pre-script would
   *     find the first
   * @param reader may retry
   */
  public SsmScriptRunner(SsmClient sender, SsmClient reader, Clock clock, Pause pause) {
    this.sender = sender;
    this.reader = reader;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public ScriptRun run(ScriptOrder order) {
    Instant sentAt = clock.instant();
    String commandId = send(order);
    Instant deadline = sentAt.plus(DELIVERY).plus(order.timeout()).plus(GRACE);
    pause.pause(FIRST_LOOK);
    while (true) {
      Optional<ScriptRun> ended = look(order, commandId, sentAt);
      if (ended.isPresent()) {
        return ended.get();
      }
      if (!clock.instant().isBefore(deadline)) {
        return giveUp(order, commandId, sentAt);
      }
      pause.pause(LOOK);
    }
  }

  @Override
  public Optional<ScriptRun> earlier(ScriptOrder order, Instant since) {
    List<ScriptRun> runs =
        reader
            .listCommandsPaginator(
                request ->
                    request
                        .instanceId(order.instance().value())
                        .filters(
                            CommandFilter.builder()
                                .key(CommandFilterKey.INVOKED_AFTER)
                                .value(earliest(since))
                                .build()))
            .commands()
            .stream()
            .filter(command -> order.comment().equals(command.comment()))
            .sorted(Comparator.comparing(Command::requestedDateTime))
            .map(command -> standing(order, command))
            .toList();
    return runs.stream()
        .filter(run -> run.succeeded() || run.ending() == ScriptRun.Ending.FAILED)
        .findFirst()
        .or(() -> runs.stream().reduce((first, second) -> second));
  }

  /** In whole seconds, as the filter wants it, and early enough for a clock that runs ahead. */
  private static String earliest(Instant since) {
    return since.minus(SKEW).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private String send(ScriptOrder order) {
    SendCommandRequest.Builder request =
        SendCommandRequest.builder()
            .instanceIds(order.instance().value())
            .documentName(order.document().name())
            .timeoutSeconds((int) DELIVERY.toSeconds())
            .comment(order.comment())
            .parameters(
                Map.of(
                    "executionId", List.of(order.attempt().value()),
                    "command", List.of(order.script().parameter())));
    if (!order.document().version().isEmpty()) {
      request
          .documentVersion(order.document().version())
          .documentHash(order.document().sha256())
          .documentHashType(DocumentHashType.SHA256);
    }
    try {
      return sender.sendCommand(request.build()).command().commandId();
    } catch (InvalidDocumentException | InvalidDocumentVersionException refused) {
      throw new DocumentRefusedException(
          "the document %s, version %s, was refused: %s"
              .formatted(
                  order.document().name(),
                  order.document().version(),
                  refused.awsErrorDetails().errorMessage()),
          refused);
    } catch (InvalidInstanceIdException unknown) {
      throw new GuestGoneException(
          "%s is not a managed instance that can take a command".formatted(order.instance()),
          unknown);
    }
  }

  private Optional<ScriptRun> look(ScriptOrder order, String commandId, Instant sentAt) {
    GetCommandInvocationResponse now;
    try {
      now =
          reader.getCommandInvocation(
              request -> request.commandId(commandId).instanceId(order.instance().value()));
    } catch (InvocationDoesNotExistException notYet) {
      return Optional.empty();
    }
    if (started(now) && overdue(order, now)) {
      return Optional.of(giveUp(order, commandId, sentAt));
    }
    return ending(now).map(ending -> runOf(now, ending, sentAt, clock.instant(), step(order, now)));
  }

  /** The document's own time-out is not ours to set, so the bound on execution is kept here. */
  private boolean overdue(ScriptOrder order, GetCommandInvocationResponse now) {
    return ending(now).isEmpty()
        && GuestTime.parse(now.executionStartDateTime())
            .map(start -> clock.instant().isAfter(start.plus(order.timeout()).plus(GRACE)))
            .orElse(false);
  }

  private static boolean started(GetCommandInvocationResponse now) {
    return now.executionStartDateTime() != null && !now.executionStartDateTime().isEmpty();
  }

  /** Cancelling guarantees nothing, and is worth the try: a script that ends late freezes late. */
  private ScriptRun giveUp(ScriptOrder order, String commandId, Instant sentAt) {
    try {
      reader.cancelCommand(
          request -> request.commandId(commandId).instanceIds(order.instance().value()));
    } catch (SsmException notCancelled) {
      // it is bounded by its own time-out all the same
    }
    return new ScriptRun(
        commandId,
        ScriptRun.Ending.TIMED_OUT,
        -1,
        sentAt,
        clock.instant(),
        Optional.empty(),
        Optional.empty(),
        "");
  }

  private ScriptRun standing(ScriptOrder order, Command command) {
    return look(order, command.commandId(), command.requestedDateTime())
        .orElseGet(
            () ->
                new ScriptRun(
                    command.commandId(),
                    ScriptRun.Ending.TIMED_OUT,
                    -1,
                    command.requestedDateTime(),
                    clock.instant(),
                    Optional.empty(),
                    Optional.empty(),
                    ""));
  }

  private static ScriptRun runOf(
      GetCommandInvocationResponse now,
      ScriptRun.Ending ending,
      Instant sentAt,
      Instant knownAt,
      Optional<CommandPlugin> step) {
    int code =
        step.map(CommandPlugin::responseCode)
            .orElseGet(() -> now.responseCode() == null ? -1 : now.responseCode());
    String output =
        step.map(CommandPlugin::output)
            .orElseGet(() -> tail(now.standardOutputContent()) + tail(now.standardErrorContent()));
    boolean exited = ending == ScriptRun.Ending.UNDELIVERED && code > 0;
    return new ScriptRun(
        now.commandId(),
        exited ? ScriptRun.Ending.FAILED : ending,
        code,
        sentAt,
        knownAt,
        GuestTime.parse(now.executionStartDateTime()),
        GuestTime.parse(now.executionEndDateTime()),
        tail(output));
  }

  /**
   * The step that tells how a document of several steps ended: the one that failed, else the last
   * that ran. Of such a document the invocation alone tells neither code nor output.
   */
  private Optional<CommandPlugin> step(ScriptOrder order, GetCommandInvocationResponse now) {
    boolean silent = now.responseCode() == null || now.responseCode() < 0;
    if (!silent || !started(now)) {
      return Optional.empty();
    }
    List<CommandPlugin> ran =
        reader
            .listCommandInvocations(
                request ->
                    request
                        .commandId(now.commandId())
                        .instanceId(order.instance().value())
                        .details(true))
            .commandInvocations()
            .stream()
            .flatMap(invocation -> invocation.commandPlugins().stream())
            .filter(plugin -> plugin.responseCode() != null && plugin.responseCode() >= 0)
            .toList();
    return ran.stream()
        .filter(plugin -> plugin.responseCode() > 0)
        .findFirst()
        .or(() -> ran.stream().reduce((first, second) -> second));
  }

  private static Optional<ScriptRun.Ending> ending(GetCommandInvocationResponse now) {
    CommandInvocationStatus status = now.status();
    return switch (status) {
      case PENDING, IN_PROGRESS, DELAYED, CANCELLING -> Optional.empty();
      case SUCCESS -> Optional.of(ScriptRun.Ending.SUCCEEDED);
      case CANCELLED -> Optional.of(ScriptRun.Ending.CANCELLED);
      case TIMED_OUT ->
          Optional.of(started(now) ? ScriptRun.Ending.TIMED_OUT : ScriptRun.Ending.UNDELIVERED);
      case FAILED ->
          Optional.of(
              now.responseCode() == null || now.responseCode() < 0
                  ? ScriptRun.Ending.UNDELIVERED
                  : ScriptRun.Ending.FAILED);
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalStateException(
              "command %s: expected a documented status, found %s"
                  .formatted(now.commandId(), now.statusAsString()));
    };
  }

  private static String tail(String text) {
    if (text == null) {
      return "";
    }
    return text.length() <= TAIL ? text : text.substring(text.length() - TAIL);
  }
}
