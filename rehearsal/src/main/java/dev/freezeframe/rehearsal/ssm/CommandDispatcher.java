package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.cloud.Latencies;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.EmbeddedEc2;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.ssm.document.Documents;
import dev.freezeframe.rehearsal.ssm.document.SsmDocument;
import dev.freezeframe.rehearsal.ssm.document.SsmRefusal;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.DuplicateInstanceIdException;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.UnsupportedPlatformTypeException;

/** Takes commands in and brings them to the guests. */
final class CommandDispatcher {
  private static final int MAX_INSTANCES = 50;
  private static final int MIN_TIMEOUT = 30;
  private static final int MAX_TIMEOUT = 2_592_000;
  private static final int DEFAULT_TIMEOUT = 3600;
  private static final Duration MIN_DELIVERY = Duration.ofMillis(200);
  private static final Duration MAX_DELIVERY = Duration.ofMillis(500);
  private static final Duration DELAYED_AFTER = Duration.ofSeconds(1);

  private final VirtualTime time;
  private final Seed seed;
  private final Latencies latencies;
  private final Documents documents;
  private final Commands commands;
  private final Agents agents;
  private final Function<String, Guest> guests;
  private final EmbeddedEc2 ec2;
  private final GuestFault faults;
  private final Map<String, List<Held>> held = new HashMap<>();

  CommandDispatcher(
      VirtualTime time,
      Seed seed,
      Latencies latencies,
      Documents documents,
      Commands commands,
      Agents agents,
      Function<String, Guest> guests,
      EmbeddedEc2 ec2,
      GuestFault faults) {
    this.time = time;
    this.seed = seed;
    this.latencies = latencies;
    this.documents = documents;
    this.commands = commands;
    this.agents = agents;
    this.guests = guests;
    this.ec2 = ec2;
    this.faults = faults;
    agents.whenOnline(this::deliverHeld);
  }

  SentCommand send(SendCommandRequest request) {
    int timeout = timeout(request);
    checkInstances(request.instanceIds());
    SsmDocument document = documents.find(request.documentName(), request.documentVersion());
    checkHash(request, document);
    int number = commands.count() + 1;
    SentCommand command =
        new SentCommand(
            number,
            seed.uuid("command/" + number).toString(),
            document,
            request.parameters(),
            request.comment(),
            time.instant(),
            Duration.ofSeconds(timeout));
    for (String instance : request.instanceIds()) {
      checkReachable(instance, document);
    }
    commands.add(command);
    request.instanceIds().forEach(instance -> bring(command.to(instance)));
    return command;
  }

  private static int timeout(SendCommandRequest request) {
    int timeout = request.timeoutSeconds() == null ? DEFAULT_TIMEOUT : request.timeoutSeconds();
    if (timeout < MIN_TIMEOUT || timeout > MAX_TIMEOUT) {
      throw SsmRefusal.invalid(
          "timeoutSeconds: expected %d to %d, found %d"
              .formatted(MIN_TIMEOUT, MAX_TIMEOUT, timeout));
    }
    return timeout;
  }

  private static void checkInstances(List<String> instances) {
    if (instances.isEmpty() || instances.size() > MAX_INSTANCES) {
      throw SsmRefusal.invalid(
          "instanceIds: expected 1 to %d, found %d".formatted(MAX_INSTANCES, instances.size()));
    }
    if (new HashSet<>(instances).size() < instances.size()) {
      throw SsmRefusal.of(
          DuplicateInstanceIdException.builder(),
          "DuplicateInstanceId",
          "You cannot specify an instance ID in more than one association.");
    }
  }

  private static void checkHash(SendCommandRequest request, SsmDocument document) {
    if (request.documentHash() == null) {
      return;
    }
    if (request.documentHashType() != null
        && request.documentHashType() != DocumentHashType.SHA256) {
      throw SsmRefusal.invalid(
          "documentHashType: the rehearsal knows Sha256, found "
              + request.documentHashTypeAsString());
    }
    if (!request.documentHash().equalsIgnoreCase(document.sha256())) {
      throw SsmRefusal.of(
          InvalidDocumentException.builder(),
          "InvalidDocument",
          "The document hash %s of %s does not match Sha256."
              .formatted(request.documentHash(), document.name()));
    }
  }

  private void checkReachable(String instance, SsmDocument document) {
    if (!agents.reachable(instance)) {
      throw SsmRefusal.of(
          InvalidInstanceIdException.builder(),
          "InvalidInstanceId",
          "Instances [[%s]] not in a valid state for account".formatted(instance));
    }
    if (!document.platforms().contains(agents.platform(instance))) {
      throw SsmRefusal.of(
          UnsupportedPlatformTypeException.builder(),
          "UnsupportedPlatformType",
          "Document %s does not support the platform type %s of instance %s"
              .formatted(document.name(), agents.platform(instance), instance));
    }
  }

  private void bring(Invocation invocation) {
    SentCommand command = invocation.command();
    String instance = invocation.instanceId();
    ScriptBehavior fate = fate(command, instance);
    Instant arrives =
        time.instant()
            .plus(
                latencies.of(
                    seed.between(
                        "delivery/" + instance + "/" + command.id(), MIN_DELIVERY, MAX_DELIVERY)));
    boolean undelivered = false;
    if (fate instanceof ScriptBehavior.Undelivered late) {
      arrives = late.until().orElse(Instant.MAX);
      undelivered = true;
      fate = ScriptBehavior.GOOD;
    }
    if (arrives.isBefore(command.expiresAt())) {
      ScriptBehavior onArrival = fate;
      invocation.until(time.at(arrives, () -> deliver(invocation, onArrival)));
    }
    if (undelivered) {
      invocation.until(time.after(DELAYED_AFTER, invocation::delayed));
    }
    invocation.until(time.at(command.expiresAt(), () -> expire(invocation)));
    invocation.until(
        time.at(
            command.boundAt(),
            () -> invocation.givenUp(CommandInvocationStatus.TIMED_OUT, "ExecutionTimedOut")));
  }

  private ScriptBehavior fate(SentCommand command, String instance) {
    String name = command.values().getOrDefault("command", "");
    ScriptBehavior fate =
        faults.script(
            agents.subjectOf(instance),
            command.document().drills() && name.equals("dry-run") ? "drill-dry-run" : name);
    boolean unmounts =
        command.document().steps().stream().anyMatch(step -> step.behaviour().unmounts());
    if (!unmounts || !fate.equals(ScriptBehavior.GOOD)) {
      return fate;
    }
    return switch (name) {
      case "dry-run" -> faults.busy(instance) ? new ScriptBehavior.Exits(206) : fate;
      case "pre-script" -> faults.busy(instance) ? new ScriptBehavior.Exits(201) : fate;
      default -> fate;
    };
  }

  /** What an agent does not take is held for it until it does, or the command expires. */
  private void deliver(Invocation invocation, ScriptBehavior fate) {
    String instance = invocation.instanceId();
    if (agents.takes(instance)) {
      guests.apply(instance).deliver(invocation, fate, agents.platform(instance));
    } else {
      invocation.delayed();
      held.computeIfAbsent(instance, any -> new ArrayList<>()).add(new Held(invocation, fate));
    }
  }

  private void deliverHeld(String instance) {
    List<Held> now = Optional.ofNullable(held.remove(instance)).orElse(List.of());
    now.stream()
        .filter(one -> one.invocation.waiting())
        .forEach(one -> deliver(one.invocation, one.fate));
  }

  private record Held(Invocation invocation, ScriptBehavior fate) {}

  private void expire(Invocation invocation) {
    if (!invocation.waiting()) {
      return;
    }
    if (ec2.running(invocation.instanceId())) {
      invocation.givenUp(CommandInvocationStatus.TIMED_OUT, "DeliveryTimedOut");
    } else {
      invocation.givenUp(CommandInvocationStatus.FAILED, "Undeliverable");
    }
  }
}
