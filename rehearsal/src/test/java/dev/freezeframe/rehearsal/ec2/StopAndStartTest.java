package dev.freezeframe.rehearsal.ec2;

import static dev.freezeframe.rehearsal.ec2.api.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.Stage;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.Downtime;
import dev.freezeframe.rehearsal.instance.InstanceAttributes;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.instance.InstanceFault.Start;
import dev.freezeframe.rehearsal.instance.InstancePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;

/** StopInstances and StartInstances, as AWS documents them or as they were seen to behave. */
class StopAndStartTest {
  private static final String FIRST = Fleets.instanceId(1);
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);
  private static final Caller TASK = new Caller("execution", "StopInstance", FIRST);

  private final Stage stage = new Stage();
  private final Deque<Start> starts = new ArrayDeque<>();
  private Duration slower = Duration.ZERO;
  private EmbeddedEc2 ec2 = with(Fleets.of(2, 1));

  private EmbeddedEc2 with(InstanceAttributes attributes) {
    Fleet fleet = Fleets.of(1, 1);
    return with(new Fleet(fleet.instances(), fleet.volumes(), Map.of(), Map.of(FIRST, attributes)));
  }

  private EmbeddedEc2 with(Fleet fleet) {
    return new EmbeddedEc2(
        stage.time,
        stage.seed,
        stage.api,
        Ec2Settings.DEFAULTS,
        fleet,
        SetFault.NONE,
        new InstanceFault() {
          @Override
          public Duration slowsStop(String instanceId) {
            return slower;
          }

          @Override
          public Start start(String instanceId) {
            return starts.isEmpty() ? Start.STARTS : starts.remove();
          }
        },
        stage.events::add);
  }

  private static Fleet changed(Consumer<Instance.Builder> change) {
    Fleet fleet = Fleets.of(1, 1);
    return new Fleet(List.of(fleet.instances().get(0).copy(change)), fleet.volumes());
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aStopPassesThroughStoppingAndTakesWhile() {
    assertThat(stop()).isEqualTo("running to stopping");

    assertThat(ec2.state(FIRST).orElseThrow()).hasToString("stopping");
    stage.pass(Duration.ofSeconds(14));
    assertThat(described().state().nameAsString()).isEqualTo("stopping");
    stage.pass(LONG_ENOUGH);
    assertThat(described().state().nameAsString()).isEqualTo("stopped");
    assertThat(described().state().code()).isEqualTo(80);
  }

  @Test
  void aStartPassesThroughPending() {
    stopped();

    assertThat(start()).isEqualTo("stopped to pending");
    stage.pass(Duration.ofSeconds(4));
    assertThat(described().state().nameAsString()).isEqualTo("pending");
    stage.pass(LONG_ENOUGH);
    assertThat(described().state().nameAsString()).isEqualTo("running");
  }

  @Test
  void aDescriptionLagsBehindTheCallByAMoment() {
    stop();
    assertThat(described().state().nameAsString()).isEqualTo("running");
    stage.pass(Duration.ofSeconds(1));
    assertThat(described().state().nameAsString()).isEqualTo("stopping");
  }

  @Test
  void whatIsThereAlreadyIsLeftAsItIs() {
    assertThat(start()).isEqualTo("running to running");
    stop();
    assertThat(stop()).isEqualTo("stopping to stopping");
    stage.pass(LONG_ENOUGH);
    assertThat(stop()).isEqualTo("stopped to stopped");
    start();
    assertThat(start()).isEqualTo("pending to pending");

    assertThat(ec2.downtimes(FIRST)).hasSize(1);
  }

  @Test
  void aStateFromWhichItCannotIsRefused() {
    stop();
    refused(
        "IncorrectInstanceState", "is not in a state from which it can be started", this::start);
    stage.pass(LONG_ENOUGH);
    start();
    refused("IncorrectInstanceState", "has never reached the 'running' state", this::stop);
    stage.pass(LONG_ENOUGH);
    ec2.terminate(FIRST);
    refused("IncorrectInstanceState", "is not in a state from which it can be stopped", this::stop);
    refused(
        "IncorrectInstanceState", "is not in a state from which it can be started", this::start);
    assertRefused("InvalidInstanceID.NotFound", () -> stop("i-0123456789abcdef0"));
  }

  @Test
  void ofSeveralInstancesAllAreStoppedOrNone() {
    ec2.terminate(Fleets.instanceId(2));

    assertRefused("IncorrectInstanceState", () -> stop(FIRST, Fleets.instanceId(2)));
    assertThat(ec2.running(FIRST)).isTrue();
  }

  @Test
  void aStopSaysWhyAndWhenAndAStartWhen() {
    Instant asked = stage.time.instant();
    stopped();

    assertThat(described().stateReason().code()).isEqualTo("Client.UserInitiatedShutdown");
    assertThat(described().stateTransitionReason())
        .isEqualTo("User initiated (2026-11-22 02:00:00 GMT)");
    assertThat(described().launchTime()).isNull();
    Instant started = stage.time.instant();
    start();
    stage.pass(LONG_ENOUGH);
    assertThat(described().stateReason()).isNull();
    assertThat(described().stateTransitionReason()).isEmpty();
    assertThat(described().launchTime()).isBetween(started, started.plusSeconds(1)).isAfter(asked);
  }

  @Test
  void anAddressThatEc2LentGoesWithTheStopAndAnotherComesWithTheStart() {
    ec2 = with(changed(builder -> addressed(builder, "amazon")));
    stopped();

    assertThat(described().publicIpAddress()).isNull();
    assertThat(described().publicDnsName()).isEmpty();
    assertThat(described().networkInterfaces().get(0).association()).isNull();
    start();
    stage.pass(LONG_ENOUGH);
    assertThat(described().publicIpAddress()).isNotNull().isNotEqualTo("203.0.113.7");
    assertThat(described().networkInterfaces().get(0).association().ipOwnerId())
        .isEqualTo("amazon");
  }

  @Test
  void anElasticIpAddressStays() {
    ec2 = with(changed(builder -> addressed(builder, "123456789012")));
    stopped();

    assertThat(described().publicIpAddress()).isEqualTo("203.0.113.7");
    assertThat(described().networkInterfaces().get(0).association().publicIp())
        .isEqualTo("203.0.113.7");
  }

  private static void addressed(Instance.Builder builder, String owner) {
    builder
        .publicIpAddress("203.0.113.7")
        .publicDnsName("ec2-203-0-113-7.example")
        .networkInterfaces(
            InstanceNetworkInterface.builder()
                .association(lent -> lent.ipOwnerId(owner).publicIp("203.0.113.7"))
                .build());
  }

  @Test
  void eachStateThatIsEnteredIsAnEvent() {
    stopped();
    start();
    stage.pass(LONG_ENOUGH);

    assertThat(stage.events)
        .extracting(event -> event.at("/detail/state").asText())
        .containsExactly("stopping", "stopped", "pending", "running");
    assertThat(stage.events)
        .allSatisfy(
            event -> {
              assertThat(event.get("detail-type").asText())
                  .isEqualTo("EC2 Instance State-change Notification");
              assertThat(event.get("source").asText()).isEqualTo("aws.ec2");
              assertThat(event.at("/detail/instance-id").asText()).isEqualTo(FIRST);
              assertThat(event.at("/resources/0").asText())
                  .isEqualTo("arn:aws:ec2:eu-central-1:123456789012:instance/" + FIRST);
              Instant at = Instant.parse(event.get("time").asText());
              assertThat(at).isEqualTo(at.truncatedTo(ChronoUnit.SECONDS));
            });
    assertThat(stage.events).extracting(event -> event.get("id").asText()).doesNotHaveDuplicates();
  }

  @Test
  void noCapacityIsAnAnswerOf500AndTheInstanceStaysStopped() {
    stopped();
    starts.add(Start.REFUSED);

    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(
            Ec2Exception.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorCode())
                  .isEqualTo("InsufficientInstanceCapacity");
              assertThat(refused.statusCode()).isEqualTo(500);
            });
    assertThat(ec2.state(FIRST).orElseThrow()).hasToString("stopped");
    assertThat(start()).isEqualTo("stopped to pending");
  }

  @Test
  void anAcceptedStartMayComeToNothing() {
    stopped();
    starts.add(Start.FAILS);
    start();
    stage.pass(LONG_ENOUGH);

    assertThat(described().state().nameAsString()).isEqualTo("stopped");
    assertThat(described().stateReason().code()).isEqualTo("Server.InsufficientInstanceCapacity");
    assertThat(start()).isEqualTo("stopped to pending");
  }

  @Test
  void aSlowStopIsCutShortByForce() {
    slower = Duration.ofHours(2);
    stop();
    stage.pass(Duration.ofMinutes(30));
    assertThat(described().state().nameAsString()).isEqualTo("stopping");

    assertThat(change(stopping(r -> r.force(true)).stoppingInstances()))
        .isEqualTo("stopping to stopping");
    stage.pass(Duration.ofMinutes(10));
    assertThat(described().state().nameAsString()).isEqualTo("stopped");
  }

  @Test
  void whatMayNotBeStoppedIsRefused() {
    ec2 = with(new InstanceAttributes(true, "stop"));
    refused("OperationNotPermitted", "Modify its 'disableApiStop' instance attribute", this::stop);

    ec2 = with(changed(builder -> builder.instanceLifecycle("spot")));
    refused("UnsupportedOperation", "You can't stop the Spot Instance", this::stop);

    ec2 = with(changed(builder -> builder.rootDeviceType(DeviceType.INSTANCE_STORE)));
    refused("UnsupportedOperation", "does not have an 'ebs' root device type", this::stop);

    ec2 = with(Fleets.of(1, 1));
    assertRefused("UnsupportedHibernationConfiguration", () -> stopping(r -> r.hibernate(true)));
    assertRefused("UnknownParameter", () -> stopping(r -> r.skipOsShutdown(true)));
    assertThat(ec2.running(FIRST)).isTrue();
  }

  @Test
  void whoMayNotIsRefusedAndNothingIsDone() {
    InstancePermission stopOnly = (action, instance) -> action.equals("ec2:StopInstances");
    Ec2Client client = ec2.client(1, stopOnly);
    stage.call(() -> client.stopInstances(r -> r.instanceIds(FIRST)));
    stage.pass(LONG_ENOUGH);

    assertRefused(
        "UnauthorizedOperation",
        () -> stage.call(() -> client.startInstances(r -> r.instanceIds(FIRST))));
    assertThat(ec2.state(FIRST).orElseThrow()).hasToString("stopped");
  }

  @Test
  void aDryRunChangesNothing() {
    assertRefused("DryRunOperation", () -> stopping(r -> r.dryRun(true)));
    assertThat(ec2.running(FIRST)).isTrue();
  }

  @Test
  void aMemberOfAnAutoScalingGroupIsReplacedWhenItStops() {
    ec2 =
        with(
            changed(
                builder ->
                    builder.tags(
                        Tag.builder().key("aws:autoscaling:groupName").value("web").build())));
    stopped();

    assertThat(ec2.exists(FIRST)).isFalse();
  }

  @Test
  void theInstancesOfACallCountAsWellAsTheCall() {
    ec2 = with(Fleets.of(300, 0));
    String[] ids =
        IntStream.rangeClosed(1, 300).mapToObj(Fleets::instanceId).toArray(String[]::new);
    for (int call = 0; call < 3; call++) {
      start(ids);
    }

    assertRefused("RequestLimitExceeded", () -> start(ids));
  }

  @Test
  void startsAreTwoASecond() {
    for (int call = 0; call < 5; call++) {
      start(FIRST);
    }
    // a call takes 160 ms, in which a third of a token comes back
    assertRefused(
        "RequestLimitExceeded",
        () -> {
          for (int call = 0; call < 5; call++) {
            start(FIRST);
          }
        });
  }

  @Test
  void theTruthOfEachDowntimeIsKept() {
    Instant asked = stage.time.instant();
    stage.call(TASK, () -> ec2.stopInstances(r -> r.instanceIds(FIRST)));
    stage.pass(LONG_ENOUGH);
    ec2.start(FIRST);
    stage.pass(LONG_ENOUGH);

    Downtime down = ec2.downtimes(FIRST).get(0);
    assertThat(down.stoppedBy()).contains(TASK);
    assertThat(down.startedBy()).isEmpty();
    assertThat(down.from()).isBetween(asked, asked.plusSeconds(1));
    assertThat(down.lasted(stage.time.instant()))
        .isBetween(LONG_ENOUGH, LONG_ENOUGH.plusSeconds(60));
    assertThat(ec2.stoodStill(FIRST, down.from().plusSeconds(1))).isFalse();
    assertThat(ec2.stoodStill(FIRST, down.stopped().orElseThrow())).isTrue();
    assertThat(ec2.stoodStill(FIRST, down.started().orElseThrow().plusSeconds(1))).isFalse();
  }

  @Test
  void anInstanceThatIsTerminatedStandsStillForEver() {
    ec2.terminate(FIRST);

    assertThat(ec2.stoodStill(FIRST, stage.time.instant())).isTrue();
    stage.pass(Duration.ofDays(2));
    assertThat(ec2.stoodStill(FIRST, stage.time.instant())).isTrue();
  }

  @Test
  void anInstanceThatIsStoppedFromTheStartIsDownByNobody() {
    ec2 = with(changed(builder -> builder.state(s -> s.name("stopped").code(80))));

    assertThat(ec2.downtimes(FIRST))
        .singleElement()
        .satisfies(
            down -> {
              assertThat(down.stoppedBy()).isEqualTo(Optional.empty());
              assertThat(ec2.stoodStill(FIRST, down.from())).isTrue();
            });
  }

  @Test
  void anAttributeIsAsTheFleetHasIt() {
    ec2 = with(new InstanceAttributes(true, "terminate"));

    assertThat(attribute("disableApiStop").disableApiStop().value()).isTrue();
    assertThat(
            attribute("instanceInitiatedShutdownBehavior")
                .instanceInitiatedShutdownBehavior()
                .value())
        .isEqualTo("terminate");
    assertRefused("InvalidParameterValue", () -> attribute("userData"));
  }

  private DescribeInstanceAttributeResponse attribute(String name) {
    return stage.call(
        () ->
            ec2.describeInstanceAttribute(
                r -> r.instanceId(FIRST).attribute(InstanceAttributeName.fromValue(name))));
  }

  @ParameterizedTest
  @CsvSource({
    "m5.large, false",
    "m5d.large, true",
    "m5dn.large, true",
    "c6gn.large, false",
    "c6gd.large, true",
    "t3.micro, false",
    "i4i.large, true",
    "d3.xlarge, true",
    "x2idn.16xlarge, true",
    "g5.xlarge, true",
    "g5g.xlarge, false",
    "r7iz.large, false",
    "inf2.xlarge, false",
    "u-6tb1.metal, false",
    "mac1.metal, false",
  })
  void aTypeHasInstanceStoreVolumesByItsName(String type, boolean has) {
    assertThat(
            stage
                .call(() -> ec2.describeInstanceTypes(r -> r.instanceTypesWithStrings(type)))
                .instanceTypes())
        .singleElement()
        .satisfies(info -> assertThat(info.instanceStorageSupported()).isEqualTo(has));
  }

  private StopInstancesResponse stopping(Consumer<StopInstancesRequest.Builder> request) {
    return stage.call(() -> ec2.stopInstances(r -> request.accept(r.instanceIds(FIRST))));
  }

  private String stop() {
    return stop(FIRST);
  }

  private String stop(String... ids) {
    return change(stage.call(() -> ec2.stopInstances(r -> r.instanceIds(ids))).stoppingInstances());
  }

  private String start() {
    return start(FIRST);
  }

  private String start(String... ids) {
    return change(
        stage.call(() -> ec2.startInstances(r -> r.instanceIds(ids))).startingInstances());
  }

  private static String change(List<InstanceStateChange> changes) {
    return "%s to %s"
        .formatted(
            changes.get(0).previousState().nameAsString(),
            changes.get(0).currentState().nameAsString());
  }

  private void stopped() {
    stop();
    stage.pass(LONG_ENOUGH);
  }

  private Instance described() {
    return stage
        .call(() -> ec2.describeInstances(r -> r.instanceIds(FIRST)))
        .reservations()
        .get(0)
        .instances()
        .get(0);
  }

  private static void refused(String code, String message, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            Ec2Exception.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refused.awsErrorDetails().errorMessage()).contains(message);
            });
  }
}
