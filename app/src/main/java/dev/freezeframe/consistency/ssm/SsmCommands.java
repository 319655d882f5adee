package dev.freezeframe.consistency.ssm;

import dev.freezeframe.consistency.script.Commands;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** Commands of Run Command. */
public final class SsmCommands implements Commands {
  /** How far this clock may run ahead of Systems Manager's. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final SsmClient sender;
  private final SsmClient reader;
  private final SsmInvocations invocations;
  private final Clock clock;

  /**
   * Adapts Systems Manager.
   *
   * @param sender must not retry: SendCommand has no client token
   * @param reader may retry
   */
  public SsmCommands(SsmClient sender, SsmClient reader, Clock clock) {
    this.sender = sender;
    this.reader = reader;
    this.invocations = new SsmInvocations(reader);
    this.clock = clock;
  }

  @Override
  public List<Sent> find(Order order, Instant since) {
    return reader
        .listCommandsPaginator(
            request ->
                request
                    .instanceId(order.instance().value())
                    .filters(
                        CommandFilter.builder()
                            .key(CommandFilterKey.INVOKED_AFTER)
                            .value(since.minus(SKEW).truncatedTo(ChronoUnit.SECONDS).toString())
                            .build()))
        .commands()
        .stream()
        .filter(command -> String.valueOf(command.comment()).startsWith(order.comment()))
        .sorted(Comparator.comparing(Command::requestedDateTime))
        .map(command -> sent(order, command))
        .toList();
  }

  private Sent sent(Order order, Command command) {
    Optional<SsmCommandStatus> seen = invocations.seen(order.instance(), command.commandId());
    return new Sent(
        command.commandId(),
        command.requestedDateTime(),
        seen.filter(SsmCommandStatus::started).isPresent(),
        seen.flatMap(
            now -> now.run(command.commandId(), command.requestedDateTime(), clock.instant())));
  }

  @Override
  public void send(Order order) {
    Map<String, List<String>> parameters = new TreeMap<>();
    order.parameters().forEach((name, value) -> parameters.put(name, List.of(value)));
    SendCommandRequest.Builder request =
        SendCommandRequest.builder()
            .instanceIds(order.instance().value())
            .documentName(order.document().name())
            .timeoutSeconds((int) order.delivery().toSeconds())
            .comment(order.comment())
            .parameters(parameters);
    if (!order.document().version().isEmpty()) {
      request.documentVersion(order.document().version());
    }
    if (!order.document().sha256().isEmpty()) {
      request.documentHash(order.document().sha256()).documentHashType(DocumentHashType.SHA256);
    }
    try {
      sender.sendCommand(request.build());
    } catch (SsmException refused) {
      throw SsmScriptRunner.refusal(order.instance(), order.document(), refused);
    }
  }

  /** Cancelling guarantees nothing, and is worth the try. */
  @Override
  public void cancel(Order order, String commandId) {
    try {
      reader.cancelCommand(
          request -> request.commandId(commandId).instanceIds(order.instance().value()));
    } catch (SsmException notCancelled) {
      // it is bounded by its own time-out all the same
    }
  }
}
