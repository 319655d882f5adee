package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.cloud.Latencies;
import dev.freezeframe.rehearsal.cloud.Operation;
import dev.freezeframe.rehearsal.cloud.SdkRetries;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import dev.freezeframe.rehearsal.ec2.EmbeddedEc2;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotOrigin;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.ssm.document.Documents;
import dev.freezeframe.rehearsal.ssm.document.HoldDescription;
import dev.freezeframe.rehearsal.ssm.document.SsmDocument;
import dev.freezeframe.rehearsal.ssm.document.SsmRefusal;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.DocumentStatus;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;
import software.amazon.awssdk.services.ssm.model.SsmRequest;

/**
 * Systems Manager in virtual time: the service, and a client that tries nothing twice.
 *
 * <p>Calls must come from an activity. What is not a call (guests, {@link #putDocument}) may come
 * from anywhere.
 */
public final class EmbeddedSsm implements SsmClient {
  private static final Duration READ = Duration.ofMillis(60);
  private static final Duration SEND = Duration.ofMillis(150);

  private final VirtualTime time;
  private final Seed seed;
  private final SimulatedApi api;
  private final Documents documents = new Documents();
  private final Commands commands;
  private final Agents agents;
  private final CommandDispatcher dispatch;
  private final EmbeddedEc2 ec2;
  private final SortedMap<String, Guest> guests = new TreeMap<>();

  /** The guests of instances that were launched and have registered. */
  private final SortedMap<String, Guest> launched = new TreeMap<>();

  private final SortedMap<String, String> parameters = new TreeMap<>();

  /**
   * Puts a guest on every instance of a fleet.
   *
   * @param contents of the documents, by name; of descriptions, by their document's name and {@link
   *     HoldDescription#SUFFIX}
   */
  public EmbeddedSsm(
      VirtualTime time,
      Seed seed,
      SimulatedApi api,
      Fleet fleet,
      EmbeddedEc2 ec2,
      GuestFault faults,
      Map<String, String> contents) {
    this(time, seed, Latencies.USUAL, api, fleet, ec2, faults, contents);
  }

  /**
   * The same, where commands reach their guests slower or faster than usual.
   *
   * @param contents of the documents, by name; of descriptions, by their document's name and {@link
   *     HoldDescription#SUFFIX}
   */
  public EmbeddedSsm(
      VirtualTime time,
      Seed seed,
      Latencies latencies,
      SimulatedApi api,
      Fleet fleet,
      EmbeddedEc2 ec2,
      GuestFault faults,
      Map<String, String> contents) {
    this.time = time;
    this.seed = seed;
    this.api = api;
    this.ec2 = ec2;
    this.commands = new Commands(time, latencies);
    this.agents = new Agents(time, seed, fleet.instances(), ec2, faults);
    fleet
        .instances()
        .forEach(
            instance ->
                guests.put(
                    instance.instanceId(),
                    new Guest(
                        instance.instanceId(),
                        time,
                        seed,
                        () -> attached(instance.instanceId()),
                        () -> DrillScript.Machine.ordinary(instance.instanceId()))));
    // What the agent has comes before what the service holds for it.
    agents.whenOnline(this::online);
    this.dispatch =
        new CommandDispatcher(
            time, seed, latencies, documents, commands, agents, this::anyGuest, ec2, faults);
    contents.forEach(this::describe);
    new TreeMap<>(contents)
        .forEach(
            (name, content) -> {
              if (!name.endsWith(HoldDescription.SUFFIX)) {
                putDocument(name, content);
              }
            });
    ec2.whenGone(
        instanceId -> {
          Optional.ofNullable(guests.get(instanceId)).ifPresent(Guest::gone);
          Optional.ofNullable(launched.get(instanceId)).ifPresent(Guest::gone);
        });
  }

  private void online(String instanceId) {
    if (guests.containsKey(instanceId) || agents.registered(instanceId)) {
      anyGuest(instanceId).online();
    }
  }

  private Attached attached(String instanceId) {
    return new Attached(ec2.volumesOf(instanceId), ec2.bootVolumeOf(instanceId));
  }

  /** The guest of an instance of the fleet, or of one that was launched. */
  private Guest anyGuest(String instanceId) {
    Guest ofFleet = guests.get(instanceId);
    return ofFleet == null
        ? launched.computeIfAbsent(
            instanceId, id -> new Guest(id, time, seed, () -> attached(id), () -> machine(id)))
        : ofFleet;
  }

  /** What a drill document finds on a machine that was launched. */
  private DrillScript.Machine machine(String instanceId) {
    SortedMap<String, DrillScript.Member> members = new TreeMap<>();
    for (Volume volume : ec2.volumesAttachedTo(instanceId)) {
      ec2.originOf(volume.snapshotId())
          .ifPresent(
              origin ->
                  members.put(
                      volume.volumeId(),
                      new DrillScript.Member(
                          volume.attachments().get(0).device(),
                          volume.size(),
                          origin.takenAt(),
                          wasHeld(origin),
                          wasSwap(origin),
                          origin.damage())));
    }
    return new DrillScript.Machine(instanceId, ec2.proofOfDrill(instanceId), members);
  }

  private boolean wasSwap(SnapshotOrigin origin) {
    return Optional.ofNullable(guests.get(origin.instanceId()))
        .filter(guest -> guest.swaps(origin.volumeId()))
        .isPresent();
  }

  /** Whether nothing could be written to a volume when its snapshot was truly taken. */
  private boolean wasHeld(SnapshotOrigin origin) {
    Instant at = origin.takenAt();
    return ec2.stoodStill(origin.instanceId(), at)
        || Optional.ofNullable(guests.get(origin.instanceId())).map(Guest::freezes).stream()
            .flatMap(List::stream)
            .filter(freeze -> freeze.volumes().contains(origin.volumeId()))
            .anyMatch(
                freeze ->
                    !at.isBefore(freeze.from())
                        && freeze.to().map(end -> !at.isAfter(end)).orElse(true));
  }

  /** A client that tries throttled and failed calls again, as the SDK's standard mode does. */
  public SsmClient client(int maxAttempts) {
    return client(maxAttempts, SendPermission.ANY);
  }

  /** The same, of a caller that may not send everything. */
  public SsmClient client(int maxAttempts, SendPermission permission) {
    return new RetryingSsm(this, new SdkRetries(time, seed, "SsmClient", maxAttempts), permission);
  }

  @Override
  public GetDocumentResponse getDocument(GetDocumentRequest request) {
    return call(
        Operation.read("ssm:GetDocument", READ),
        request.name(),
        request,
        () -> {
          SsmDocument document = documents.find(request.name(), request.documentVersion());
          // as documented: JSON is the default format
          DocumentFormat format =
              request.documentFormat() == null ? DocumentFormat.JSON : request.documentFormat();
          return GetDocumentResponse.builder()
              .name(document.name())
              .createdDate(document.createdAt())
              .documentVersion(document.version())
              .status(DocumentStatus.ACTIVE)
              .documentType(DocumentType.COMMAND)
              .documentFormat(format)
              .content(document.content(format))
              .build();
        });
  }

  @Override
  public DescribeDocumentResponse describeDocument(DescribeDocumentRequest request) {
    return call(
        Operation.read("ssm:DescribeDocument", READ),
        request.name(),
        request,
        () -> {
          SsmDocument document = documents.find(request.name(), request.documentVersion());
          String latest = documents.latest(document.name());
          return DescribeDocumentResponse.builder()
              .document(
                  description ->
                      description
                          .name(document.name())
                          .hash(document.sha256())
                          .hashType(DocumentHashType.SHA256)
                          .documentVersion(document.version())
                          .latestVersion(latest)
                          .defaultVersion(latest)
                          .createdDate(document.createdAt())
                          .status(DocumentStatus.ACTIVE)
                          .documentType(DocumentType.COMMAND)
                          .documentFormat(document.format())
                          .schemaVersion(document.schemaVersion())
                          .platformTypes(document.platforms()))
              .build();
        });
  }

  @Override
  public SendCommandResponse sendCommand(SendCommandRequest request) {
    return sendCommand(request, SendPermission.ANY);
  }

  SendCommandResponse sendCommand(SendCommandRequest request, SendPermission permission) {
    List<String> command = request.parameters().getOrDefault("command", List.of());
    return call(
        Operation.change("ssm:SendCommand", SEND),
        String.join(",", command),
        request,
        () -> {
          for (String instance : request.instanceIds()) {
            if (!permission.allows(request.documentName(), instance)) {
              throw SsmRefusal.denied("ssm:SendCommand", request.documentName(), instance);
            }
          }
          return SendCommandResponse.builder().command(dispatch.send(request).described()).build();
        });
  }

  @Override
  public CancelCommandResponse cancelCommand(CancelCommandRequest request) {
    return call(
        Operation.change("ssm:CancelCommand", READ),
        request.commandId(),
        request,
        () -> {
          commands.find(request.commandId()).invocations().values().stream()
              .filter(
                  invocation ->
                      request.instanceIds().isEmpty()
                          || request.instanceIds().contains(invocation.instanceId()))
              .forEach(Invocation::cancel);
          return CancelCommandResponse.builder().build();
        });
  }

  @Override
  public GetCommandInvocationResponse getCommandInvocation(GetCommandInvocationRequest request) {
    return call(
        Operation.read("ssm:GetCommandInvocation", READ),
        "",
        request,
        () -> commands.invocation(request));
  }

  @Override
  public ListCommandsResponse listCommands(ListCommandsRequest request) {
    return call(
        Operation.read("ssm:ListCommands", READ), "", request, () -> commands.list(request));
  }

  @Override
  public ListCommandInvocationsResponse listCommandInvocations(
      ListCommandInvocationsRequest request) {
    return call(
        Operation.read("ssm:ListCommandInvocations", READ),
        "",
        request,
        () -> commands.list(request));
  }

  @Override
  public DescribeInstanceInformationResponse describeInstanceInformation(
      DescribeInstanceInformationRequest request) {
    return call(
        Operation.read("ssm:DescribeInstanceInformation", READ),
        "",
        request,
        () -> agents.describe(request, time.instant()));
  }

  @Override
  public GetParameterResponse getParameter(GetParameterRequest request) {
    return call(
        Operation.read("ssm:GetParameter", READ),
        request.name(),
        request,
        () -> {
          String value =
              Optional.ofNullable(parameters.get(request.name()))
                  .or(() -> ec2.publicImage(request.name()))
                  .orElse(null);
          if (value == null) {
            throw SsmRefusal.of(ParameterNotFoundException.builder(), "ParameterNotFound", "");
          }
          return GetParameterResponse.builder()
              .parameter(found -> found.name(request.name()).value(value))
              .build();
        });
  }

  /** Someone sets a parameter, or changes it. */
  public void putParameter(String name, String value) {
    parameters.put(name, value);
  }

  private <T> T call(Operation operation, String detail, SsmRequest request, Supplier<T> effect) {
    return api.call(
        operation,
        detail,
        SsmRefusal::throttled,
        () -> {
          SsmMembers.check(request);
          return effect.get();
        });
  }

  private void describe(String name, String content) {
    if (name.endsWith(HoldDescription.SUFFIX)) {
      documents.describe(
          name.substring(0, name.length() - HoldDescription.SUFFIX.length()),
          HoldDescription.read(name + ".yaml", content));
    }
  }

  /** Those of some documents that do not say what they hold, so that it is assumed. */
  public List<String> assumed(Collection<String> names) {
    return documents.assumed(names);
  }

  /** Someone makes a new version of a document, which is the default from now on. */
  public void putDocument(String name, String content) {
    documents.put(name, content, time.instant());
  }

  /** Someone never installed an agent on an instance. */
  public void unmanage(String instanceId) {
    agents.unmanage(instanceId);
  }

  /** The guest of an instance. */
  public Guest guest(String instanceId) {
    Guest guest = guests.get(instanceId);
    if (guest == null) {
      throw new IllegalArgumentException(
          "guest of '%s': expected an instance of the fleet".formatted(instanceId));
    }
    return guest;
  }

  /** The exit codes of the drill validations that truly ran to their end on an instance. */
  public List<Integer> validations(String instanceId) {
    return Optional.ofNullable(launched.get(instanceId)).map(Guest::validations).orElse(List.of());
  }

  /** All guests, by instance. */
  public SortedMap<String, Guest> guests() {
    return Collections.unmodifiableSortedMap(guests);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
