package dev.freezeframe.rehearsal.ssm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.Stage;
import dev.freezeframe.rehearsal.ec2.EmbeddedEc2;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.instance.FleetNetwork;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotOrigin.Damage;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.kms.EmbeddedKms;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

/** An instance with two data volumes, sets of it, and a network for drill instances. */
final class DrillScene implements AutoCloseable {
  static final String ORIGINAL = Fleets.instanceId(1);
  static final String DRILL = "11111111-1111-4111-8111-111111111111";
  static final String AMAZON_LINUX =
      "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
  static final Caller CALLER = new Caller("execution", "LaunchDrill", ORIGINAL);
  static final Duration BOOTED = Duration.ofMinutes(3);

  final Stage stage = new Stage();
  final Deque<ScriptBehavior> fates = new ArrayDeque<>();
  final List<String> asked = new ArrayList<>();
  Optional<Damage> damage = Optional.empty();
  boolean hangs;
  boolean lacksAgent;
  final EmbeddedEc2 ec2;
  final EmbeddedSsm ssm;

  DrillScene() {
    Fleet plain = Fleets.of(1, 2);
    Fleet fleet =
        new Fleet(
            plain.instances().stream()
                .map(instance -> instance.copy(i -> i.launchTime(Stage.START)))
                .toList(),
            plain.volumes());
    InstanceFault instances =
        new InstanceFault() {
          @Override
          public boolean bootHangs(String instanceId) {
            return hangs && instanceId.equals(ORIGINAL);
          }

          @Override
          public boolean lacksAgent(String instanceId) {
            return lacksAgent && instanceId.equals(ORIGINAL);
          }
        };
    GuestFault guests =
        new GuestFault() {
          @Override
          public ScriptBehavior script(String instanceId, String command) {
            asked.add(instanceId + " " + command);
            return fates.isEmpty() ? ScriptBehavior.GOOD : fates.remove();
          }
        };
    ec2 =
        new EmbeddedEc2(
            stage.time,
            stage.seed,
            stage.api,
            Ec2Settings.DEFAULTS,
            fleet,
            any -> damage.map(SnapshotBehavior.GOOD::with).orElse(SnapshotBehavior.GOOD),
            instances,
            new EmbeddedKms(),
            stage.events::add);
    ec2.network().add(new FleetNetwork.Subnet("subnet-drill", "vpc-drill", "eu-central-1a", true));
    ec2.network().add(new FleetNetwork.Subnet("subnet-cut", "vpc-drill", "eu-central-1a", false));
    ec2.network().add(GroupIdentifier.builder().groupId("sg-drill").groupName("drill").build());
    ec2.network().add(profile("drill"), true);
    ec2.network().add(profile("mute"), false);
    Map<String, String> documents = new HashMap<>(DocumentFiles.all());
    SsmDocument.allDeployed()
        .forEach((name, content) -> documents.put(name.replace("freezeframe-", ""), content));
    ssm = new EmbeddedSsm(stage.time, stage.seed, stage.api, fleet, ec2, guests, documents);
  }

  private static IamInstanceProfile profile(String name) {
    return IamInstanceProfile.builder()
        .arn("arn:aws:iam::123456789012:instance-profile/" + name)
        .build();
  }

  /** A set of the data volumes, taken while the guest writes. */
  List<String> set() {
    List<String> set =
        stage
            .call(
                () ->
                    ec2.createSnapshots(
                        request ->
                            request.instanceSpecification(
                                of -> of.instanceId(ORIGINAL).excludeBootVolume(true))))
            .snapshots()
            .stream()
            .map(SnapshotInfo::snapshotId)
            .toList();
    stage.pass(Duration.ofMinutes(10));
    return set;
  }

  /** A set of the data volumes, taken while the guest is frozen. */
  List<String> frozenSet() {
    send(ORIGINAL, "freezing", Map.of("command", "pre-script", "executionId", DRILL));
    stage.pass(Duration.ofSeconds(5));
    return set();
  }

  /** A set of the data volumes, taken when a freeze is over. */
  List<String> laterSet() {
    send(ORIGINAL, "freezing", Map.of("command", "post-script", "executionId", DRILL));
    stage.pass(Duration.ofMinutes(5));
    return set();
  }

  static String script(String... lines) {
    return Base64.getEncoder()
        .encodeToString(("#!/bin/sh\n" + String.join("\n", lines) + "\n").getBytes(UTF_8));
  }

  static String userData() {
    return script(
        "shutdown -P +45",
        "mkdir -p /run/freezeframe && printf '%s\\n' " + DRILL + " > /run/freezeframe/drill");
  }

  String launch(List<String> snapshots) {
    return launch(snapshots, request -> {});
  }

  String launch(List<String> snapshots, Consumer<RunInstancesRequest.Builder> other) {
    List<BlockDeviceMapping> mappings = new ArrayList<>();
    for (String snapshot : snapshots) {
      String device = "/dev/sd" + (char) ('f' + mappings.size());
      mappings.add(
          BlockDeviceMapping.builder()
              .deviceName(device)
              .ebs(ebs -> ebs.snapshotId(snapshot).volumeType("gp3").deleteOnTermination(true))
              .build());
    }
    Consumer<RunInstancesRequest.Builder> usual =
        request ->
            request
                .minCount(1)
                .maxCount(1)
                .imageId("resolve:ssm:" + AMAZON_LINUX)
                .instanceType("t3.small")
                .subnetId("subnet-drill")
                .securityGroupIds("sg-drill")
                .iamInstanceProfile(profile -> profile.name("drill"))
                .instanceInitiatedShutdownBehavior("terminate")
                .userData(userData())
                .blockDeviceMappings(mappings);
    return stage
        .call(CALLER, () -> ec2.runInstances(usual.andThen(other)))
        .instances()
        .get(0)
        .instanceId();
  }

  boolean online(String instanceId) {
    return !stage
        .call(
            () ->
                ssm.describeInstanceInformation(
                    request ->
                        request.filters(
                            InstanceInformationStringFilter.builder()
                                .key("InstanceIds")
                                .values(instanceId)
                                .build())))
        .instanceInformationList()
        .isEmpty();
  }

  /** The parameter {@code members} for an instance. */
  String members(String instanceId) {
    TreeMap<String, String> devices = new TreeMap<>();
    for (Volume volume : ec2.volumesAttachedTo(instanceId)) {
      if (ec2.originOf(volume.snapshotId()).isPresent()) {
        devices.put(volume.attachments().get(0).device(), volume.volumeId());
      }
    }
    List<String> members = new ArrayList<>();
    devices.forEach((device, volume) -> members.add(volume + ":" + device));
    return String.join(",", members);
  }

  String send(String instanceId, String document, Map<String, String> parameters) {
    Map<String, List<String>> given = new HashMap<>();
    parameters.forEach((name, value) -> given.put(name, List.of(value)));
    return stage
        .call(
            () ->
                ssm.sendCommand(
                    request ->
                        request
                            .documentName(document)
                            .instanceIds(instanceId)
                            .timeoutSeconds(60)
                            .parameters(given)))
        .command()
        .commandId();
  }

  /** Sends a command of a drill document, waits 20 minutes at most, and gives its result. */
  GetCommandInvocationResponse drill(String instanceId, String document, Map<String, String> more) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("executionId", DRILL);
    parameters.put("command", "validate");
    parameters.put("members", members(instanceId));
    parameters.putAll(more);
    String id = send(instanceId, document, parameters);
    GetCommandInvocationResponse answer;
    int looks = 0;
    do {
      stage.pass(Duration.ofSeconds(30));
      answer =
          stage.call(() -> ssm.getCommandInvocation(r -> r.commandId(id).instanceId(instanceId)));
      looks++;
    } while (answer.statusAsString().matches("Pending|Delayed|InProgress") && looks < 40);
    return answer;
  }

  GetCommandInvocationResponse validate(List<String> snapshots) {
    String id = launch(snapshots);
    stage.pass(BOOTED);
    return drill(id, "drill-filesystem", Map.of());
  }

  /** The events that a script printed, in order. */
  static List<String> events(GetCommandInvocationResponse answer) {
    return answer
        .standardOutputContent()
        .lines()
        .map(line -> line.replaceFirst("FREEZEFRAME event=([a-z-]+) .*", "$1"))
        .toList();
  }

  @Override
  public void close() {
    stage.close();
  }
}
