package dev.freezeframe.consistency.ssm;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Sleeper;
import dev.freezeframe.consistency.script.CommandRefusedException;
import dev.freezeframe.consistency.script.CommandThrottledException;
import dev.freezeframe.consistency.script.DocumentRefusedException;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.consistency.script.GuestGoneException;
import dev.freezeframe.consistency.script.ScriptOrder;
import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.consistency.script.ScriptRunner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentVersionException;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.InvalidParametersException;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.model.UnsupportedPlatformTypeException;

/** Runs scripts by SSM Run Command. */
public final class SsmScriptRunner implements ScriptRunner {
  /** The shortest delivery time-out that SendCommand takes. */
  static final Duration DELIVERY = Duration.ofSeconds(30);

  /** How much longer than their time-outs delivery and the agent's reporting may take. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** How far this clock may run ahead of Systems Manager's. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final Set<Class<? extends SsmException>> DOCUMENT_REFUSED =
      Set.of(
          InvalidDocumentException.class,
          InvalidDocumentVersionException.class,
          InvalidParametersException.class,
          UnsupportedPlatformTypeException.class);

  private static final Duration FIRST_LOOK = Duration.ofMillis(300);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final SsmClient sender;
  private final SsmClient reader;
  private final SsmInvocations invocations;
  private final Clock clock;
  private final Sleeper pause;

  /**
   * A runner.
   *
   * @param sender must not retry: SendCommand has no client token, and a second pre-script would
   *     find the first
   * @param reader may retry
   */
  public SsmScriptRunner(SsmClient sender, SsmClient reader, Clock clock, Sleeper pause) {
    this.sender = sender;
    this.reader = reader;
    this.invocations = new SsmInvocations(reader);
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
        sentSince(order, since)
            .filter(command -> order.comment().equals(command.comment()))
            .sorted(Comparator.comparing(Command::requestedDateTime))
            .map(command -> standing(order, command))
            .toList();
    return runs.stream()
        .filter(run -> run.succeeded() || run.ending() == ScriptRun.Ending.FAILED)
        .findFirst()
        .or(() -> runs.stream().reduce((first, second) -> second));
  }

  @Override
  public List<ScriptRun> byHand(ScriptOrder order, Instant since) {
    return sentSince(order, since)
        .filter(command -> !order.comment().equals(command.comment()))
        .filter(command -> !command.requestedDateTime().isBefore(since))
        .filter(command -> parameters(order).equals(given(order, command)))
        .sorted(Comparator.comparing(Command::requestedDateTime).reversed())
        .map(command -> standing(order, command))
        .toList();
  }

  /** The parameters of a command that an order has too; the command may have more. */
  private static Map<String, List<String>> given(ScriptOrder order, Command command) {
    Map<String, List<String>> given = new TreeMap<>(command.parameters());
    given.keySet().retainAll(parameters(order).keySet());
    return order.document().name().equals(command.documentName()) ? given : Map.of();
  }

  private Stream<Command> sentSince(ScriptOrder order, Instant since) {
    return reader
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
        .stream();
  }

  /** In whole seconds, as the filter wants it, and early enough for a clock that runs ahead. */
  private static String earliest(Instant since) {
    return since.minus(SKEW).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Map<String, List<String>> parameters(ScriptOrder order) {
    return Map.of(
        "executionId", List.of(order.executionId()),
        "command", List.of(order.script().parameter()));
  }

  private String send(ScriptOrder order) {
    SendCommandRequest.Builder request =
        SendCommandRequest.builder()
            .instanceIds(order.instance().value())
            .documentName(order.document().name())
            .timeoutSeconds((int) DELIVERY.toSeconds())
            .comment(order.comment())
            .parameters(parameters(order));
    if (!order.document().version().isEmpty()) {
      request.documentVersion(order.document().version());
    }
    if (!order.document().sha256().isEmpty()) {
      request.documentHash(order.document().sha256()).documentHashType(DocumentHashType.SHA256);
    }
    try {
      return sender.sendCommand(request.build()).command().commandId();
    } catch (SsmException refused) {
      throw refusal(order.instance(), order.document(), refused);
    }
  }

  /** An answer of 500 and above does not say whether the command was sent, so it stays itself. */
  static RuntimeException refusal(
      InstanceId instance, DocumentVersion document, SsmException refused) {
    // A load balancer's answer has no details.
    if (refused.awsErrorDetails() == null) {
      return refused;
    }
    String why =
        "%s (%s)"
            .formatted(
                refused.awsErrorDetails().errorMessage(), refused.awsErrorDetails().errorCode());
    if (refused.isThrottlingException()) {
      return new CommandThrottledException("Systems Manager is busy: " + why, refused);
    }
    if (refused instanceof InvalidInstanceIdException) {
      return new GuestGoneException(
          "%s is not a managed instance that can take a command".formatted(instance), refused);
    }
    if (DOCUMENT_REFUSED.contains(refused.getClass())) {
      return new DocumentRefusedException(
          "the document %s, version %s, was refused: %s"
              .formatted(document.name(), document.version(), why),
          refused);
    }
    return refused.statusCode() >= 400 && refused.statusCode() < 500
        ? new CommandRefusedException("Systems Manager refused it: " + why, refused)
        : refused;
  }

  private Optional<ScriptRun> look(ScriptOrder order, String commandId, Instant sentAt) {
    Optional<SsmCommandStatus> seen = invocations.seen(order.instance(), commandId);
    if (seen.map(now -> overdue(order, now, sentAt)).orElse(false)) {
      return Optional.of(giveUp(order, commandId, sentAt));
    }
    return seen.flatMap(now -> now.run(commandId, sentAt, clock.instant()));
  }

  /**
   * The document's own time-out is not ours to set, so the bound on execution is kept here. A start
   * from before the sending is that of a guest whose clock is behind, and bounds nothing.
   */
  private boolean overdue(ScriptOrder order, SsmCommandStatus now, Instant sentAt) {
    return now.ending().isEmpty()
        && now.startedAt()
            .filter(start -> !start.isBefore(sentAt))
            .map(start -> clock.instant().isAfter(start.plus(order.timeout()).plus(GRACE)))
            .orElse(false);
  }

  /** Cancelling guarantees nothing, and is worth the try: a script that ends late freezes late. */
  private ScriptRun giveUp(ScriptOrder order, String commandId, Instant sentAt) {
    try {
      reader.cancelCommand(
          request -> request.commandId(commandId).instanceIds(order.instance().value()));
    } catch (SsmException notCancelled) {
      // it is bounded by its own time-out all the same
    }
    return ScriptRun.unheard(commandId, sentAt, clock.instant());
  }

  private ScriptRun standing(ScriptOrder order, Command command) {
    return look(order, command.commandId(), command.requestedDateTime())
        .orElseGet(
            () ->
                ScriptRun.unheard(
                    command.commandId(), command.requestedDateTime(), clock.instant()));
  }
}
