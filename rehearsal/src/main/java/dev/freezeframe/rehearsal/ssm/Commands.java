package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.cloud.Latencies;
import dev.freezeframe.rehearsal.cloud.Page;
import dev.freezeframe.rehearsal.ssm.document.SsmRefusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvalidCommandIdException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;

/** The commands that were sent; each is known to calls a moment after it was. */
final class Commands {
  private static final Duration KNOWN_AFTER = Duration.ofMillis(300);
  private static final int MAX_RESULTS = 50;

  private final InstantSource time;
  private final Duration knownAfter;
  private final Map<String, SentCommand> commands = new LinkedHashMap<>();

  Commands(InstantSource time, Latencies latencies) {
    this.time = time;
    this.knownAfter = latencies.of(KNOWN_AFTER);
  }

  int count() {
    return commands.size();
  }

  void add(SentCommand command) {
    commands.put(command.id(), command);
  }

  SentCommand find(String commandId) {
    return Optional.ofNullable(commands.get(commandId))
        .orElseThrow(
            () ->
                SsmRefusal.of(
                    InvalidCommandIdException.builder(),
                    "InvalidCommandId",
                    "There is no command " + commandId));
  }

  GetCommandInvocationResponse invocation(GetCommandInvocationRequest request) {
    SentCommand command = commands.get(request.commandId());
    Invocation invocation =
        command == null || !known(command) ? null : command.invocations().get(request.instanceId());
    if (invocation == null) {
      throw SsmRefusal.of(
          InvocationDoesNotExistException.builder(),
          "InvocationDoesNotExist",
          "Invocation of %s on %s does not exist"
              .formatted(request.commandId(), request.instanceId()));
    }
    return invocation.described(Optional.ofNullable(request.pluginName()));
  }

  ListCommandsResponse list(ListCommandsRequest request) {
    Predicate<SentCommand> wanted = wanted(request.filters());
    List<SentCommand> found =
        newestFirst().stream()
            .filter(
                command -> request.commandId() == null || command.id().equals(request.commandId()))
            .filter(
                command ->
                    request.instanceId() == null
                        || command.invocations().containsKey(request.instanceId()))
            .filter(wanted)
            .toList();
    Page<SentCommand> page =
        Page.of(
            found,
            SentCommand::order,
            most(request.maxResults()),
            request.nextToken(),
            SsmRefusal::badToken);
    return ListCommandsResponse.builder()
        .commands(page.items().stream().map(SentCommand::described).toList())
        .nextToken(page.next())
        .build();
  }

  ListCommandInvocationsResponse list(ListCommandInvocationsRequest request) {
    Predicate<SentCommand> wanted = wanted(request.filters());
    List<Invocation> found =
        newestFirst().stream()
            .filter(
                command -> request.commandId() == null || command.id().equals(request.commandId()))
            .filter(wanted)
            .flatMap(command -> command.invocations().values().stream())
            .filter(
                invocation ->
                    request.instanceId() == null
                        || invocation.instanceId().equals(request.instanceId()))
            .toList();
    Page<Invocation> page =
        Page.of(
            found,
            invocation -> invocation.command().order() + invocation.instanceId(),
            most(request.maxResults()),
            request.nextToken(),
            SsmRefusal::badToken);
    boolean details = Boolean.TRUE.equals(request.details());
    return ListCommandInvocationsResponse.builder()
        .commandInvocations(
            page.items().stream().map(invocation -> invocation.listed(details)).toList())
        .nextToken(page.next())
        .build();
  }

  private boolean known(SentCommand command) {
    return requestedBy(latestKnown(), command);
  }

  private Instant latestKnown() {
    return time.instant().minus(knownAfter);
  }

  private static boolean requestedBy(Instant latest, SentCommand command) {
    return !command.requestedAt().isAfter(latest);
  }

  private List<SentCommand> newestFirst() {
    Instant latest = latestKnown();
    List<SentCommand> known = new ArrayList<>();
    commands.values().stream().filter(command -> requestedBy(latest, command)).forEach(known::add);
    Collections.reverse(known);
    return known;
  }

  private static Integer most(Integer maxResults) {
    if (maxResults != null && (maxResults < 1 || maxResults > MAX_RESULTS)) {
      throw SsmRefusal.invalid("maxResults: expected 1 to 50, found " + maxResults);
    }
    return maxResults == null ? Integer.valueOf(MAX_RESULTS) : maxResults;
  }

  private static Predicate<SentCommand> wanted(List<CommandFilter> filters) {
    Predicate<SentCommand> all = command -> true;
    for (CommandFilter filter : filters) {
      all = all.and(wanted(filter));
    }
    return all;
  }

  private static Predicate<SentCommand> wanted(CommandFilter filter) {
    return switch (filter.key()) {
      case INVOKED_AFTER -> {
        Instant from = instant(filter.value());
        yield command -> command.requestedAt().isAfter(from);
      }
      case INVOKED_BEFORE -> {
        Instant to = instant(filter.value());
        yield command -> command.requestedAt().isBefore(to);
      }
      case DOCUMENT_NAME -> command -> command.document().name().equals(filter.value());
      case STATUS -> command -> command.described().statusAsString().equals(filter.value());
      case EXECUTION_STAGE, UNKNOWN_TO_SDK_VERSION ->
          throw SsmRefusal.invalid("filters: the rehearsal does not know " + filter.keyAsString());
    };
  }

  private static Instant instant(String value) {
    try {
      return Instant.parse(value);
    } catch (DateTimeException wrong) {
      throw SsmRefusal.invalid(
          "filters: expected an instant such as 2026-11-22T02:00:00Z: " + value);
    }
  }
}
