package dev.freezeframe.task.backup;

import static dev.freezeframe.task.backup.BackupInputs.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.stop.InstanceBusyException;
import dev.freezeframe.task.KnownEc2;
import dev.freezeframe.task.KnownSsm;
import dev.freezeframe.task.NoAws;
import dev.freezeframe.task.backup.Inspection.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What is decided before Systems Manager is asked, which is refused here. */
class InspectInstanceTaskTest {
  private final KnownEc2 ec2 = new KnownEc2();
  private final NoAws aws = new NoAws(ec2);

  private static InstanceBlockDeviceMapping mapping(String device, String volume) {
    return InstanceBlockDeviceMapping.builder()
        .deviceName(device)
        .ebs(ebs -> ebs.volumeId(volume))
        .build();
  }

  private static Instance.Builder instance(String state) {
    return Instance.builder()
        .instanceId("i-0123456789abcdef0")
        .state(known -> known.name(state))
        .rootDeviceName("/dev/xvda")
        .tags(Tag.builder().key("snapshot").value("snapshot").build())
        .blockDeviceMappings(
            mapping("/dev/xvda", "vol-0123456789abcdef1"),
            mapping("/dev/sdf", "vol-0123456789abcdef0"));
  }

  private Inspection inspect(Consumer<ObjectNode> change) {
    return new InspectInstanceTask(aws).handle(BackupInputs.with(change));
  }

  private void assertIs(Inspection inspection, Next next, String reason) {
    assertThat(inspection.next()).isEqualTo(next);
    assertThat(inspection.reason()).isEqualTo(reason);
    assertThat(inspection.preScript()).isFalse();
    assertThat(inspection.postScript()).isFalse();
    assertThat(inspection.document()).isEmpty();
  }

  @Test
  void anInstanceThatIsGoneIsSkipped() {
    Inspection inspection = inspect(work -> {});

    assertIs(inspection, Next.SKIP, "the instance does not exist any more");
    assertThat(inspection.volumes()).isEmpty();
    assertThat(inspection.lifetime().reason()).isEqualTo("nothing is taken");
  }

  @Test
  void anInstanceThatHasLostItsTagIsSkipped() {
    ec2.instances.add(instance("running").tags(Tag.builder().key("a").value("b").build()).build());

    assertIs(inspect(work -> {}), Next.SKIP, "it carries no target tag of the policy (any more)");
  }

  @ParameterizedTest
  @CsvSource({"terminated", "shutting-down"})
  void anInstanceThatIsGoneForGoodIsSkipped(String state) {
    ec2.instances.add(instance(state).build());

    assertIs(inspect(work -> {}), Next.SKIP, "the instance is " + state);
  }

  private BackupInput entered(String ago) {
    Instant now = aws.clock().instant();
    BackupInput input = BackupInputs.with(work -> {});
    return new BackupInput(
        input.execution(),
        input.instanceId(),
        input.work(),
        input.redrives(),
        Optional.of(now.minus(Duration.parse(ago))),
        input.unproved());
  }

  @ParameterizedTest
  @CsvSource({"pending", "stopping"})
  void oneThatIsOnItsWayIsLookedAtAgainForTwoHoursAndAHalf(String state) {
    ec2.instances.add(instance(state).build());
    InspectInstanceTask task = new InspectInstanceTask(aws);

    assertThatThrownBy(() -> task.handle(entered("PT2H29M")))
        .isInstanceOf(InstanceBusyException.class)
        .hasMessage("the instance is " + state);
    assertIs(task.handle(entered("PT2H30M")), Next.SKIP, "the instance is " + state);
  }

  @Test
  void oneThatIsStoppedForAnotherBackupIsLookedAtAgainUntilThatHasItsSet() {
    ec2.instances.add(instance("stopped").build());
    InspectInstanceTask task = new InspectInstanceTask(aws);
    BackupInput input = entered("PT1M");
    Instant soon = aws.clock().instant().plusSeconds(60);
    aws.ledger()
        .recordSlotHold(
            SlotHold.of(input.execution(), input.instanceId(), input.attemptId(), 1, soon));
    assertThat(task.handle(input).next()).isEqualTo(Next.CREATE);

    aws.ledger()
        .recordSlotHold(SlotHold.of("other", input.instanceId(), input.attemptId(), 1, soon));
    assertThatThrownBy(() -> task.handle(input))
        .isInstanceOf(InstanceBusyException.class)
        .hasMessage("the instance is stopped, and another backup of it is under way: other");

    aws.pause().pause(Duration.ofSeconds(61));
    assertThat(task.handle(input).next()).isEqualTo(Next.CREATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ConnectionLost", "Inactive"})
  void theAgentOfAnInstanceThatWasStartedIsAwaitedForTenMinutes(String ping) {
    KnownSsm ssm = new KnownSsm();
    ssm.ping = Optional.of(ping);
    NoAws both = new NoAws(ec2, ssm);
    InspectInstanceTask task = new InspectInstanceTask(both);
    Instant now = both.clock().instant();
    ec2.instances.add(instance("running").launchTime(now.minusSeconds(599)).build());
    String awaited =
        "the instance was started at %s, and its SSM agent is not online yet (%s)"
            .formatted(now.minusSeconds(599), ping);

    assertThatThrownBy(() -> task.handle(entered("PT1M")))
        .isInstanceOf(InstanceBusyException.class)
        .hasMessage(awaited);
    String notOnline = "the SSM agent is not online (%s)".formatted(ping);
    assertIs(task.handle(entered("PT2H30M")), Next.FALL_BACK, notOnline);
    both.pause().pause(Duration.ofSeconds(1));
    assertIs(task.handle(entered("PT1M")), Next.FALL_BACK, notOnline);
  }

  @Test
  void anInstanceOfWhichEveryVolumeIsLeftOutIsSkipped() {
    ec2.instances.add(
        instance("running")
            .blockDeviceMappings(mapping("/dev/xvda", "vol-0123456789abcdef1"))
            .build());

    Inspection inspection = inspect(work -> {});

    assertThat(inspection.next()).isEqualTo(Next.SKIP);
    assertThat(inspection.reason()).startsWith("no volume is left to snapshot: ");
  }

  @Test
  void anInstanceOfMoreVolumesThanASetTakesFails() {
    ec2.instances.add(
        instance("running")
            .blockDeviceMappings(
                IntStream.range(0, VolumeSelection.MAX_INCLUDED + 1)
                    .mapToObj(number -> mapping("/dev/x" + number, "vol-%017x".formatted(number)))
                    .toList())
            .build());

    Inspection inspection = inspect(work -> {});

    assertThat(inspection.next()).isEqualTo(Next.FAIL);
    assertThat(inspection.volumes()).isEmpty();
  }

  @Test
  void aStoppedInstanceIsTakenWithoutScripts() {
    ec2.instances.add(instance("stopped").build());

    Inspection inspection = inspect(work -> {});

    assertIs(inspection, Next.CREATE, "the instance is stopped");
    assertThat(inspection.stopped()).isTrue();
    assertThat(inspection.volumes().orElseThrow().included())
        .extracting(Object::toString)
        .containsExactly("vol-0123456789abcdef0");
    assertThat(inspection.lifetime().reason()).isEqualTo("the policy says 14 days");
  }

  @Test
  void aPolicyWithoutScriptsAsksNoAgent() {
    ec2.instances.add(instance("running").build());

    Inspection inspection = inspect(work -> at(work, "/policy").remove("scripts"));

    assertIs(inspection, Next.CREATE, "the policy has no scripts");
    assertThat(inspection.fallBack()).isTrue();
  }

  /** DescribeVolumes does not show a volume yet that was just attached. */
  @Test
  void whatARestoreNeedsOfTheVolumesThatAreTakenIsOnRecord() {
    ec2.instances.add(instance("stopped").instanceType("m5.large").build());

    inspect(work -> {});

    InspectedInstance inspected = inspected().orElseThrow();
    assertThat(inspected.settings().orElseThrow().type()).contains("m5.large");
    assertThat(inspected.volumes())
        .singleElement()
        .satisfies(
            volume -> {
              assertThat(volume.volume().value()).isEqualTo("vol-0123456789abcdef0");
              assertThat(volume.device()).contains("/dev/sdf");
              assertThat(volume.type()).isEmpty();
            });
  }

  @Test
  void nothingIsOnRecordOfWhatIsNotTaken() {
    ec2.instances.add(instance("terminated").build());

    inspect(work -> {});

    assertThat(inspected()).isEmpty();
  }

  private Optional<InspectedInstance> inspected() {
    BackupInput order = BackupInputs.with(work -> {});
    return aws.ledger().inspection(order.work().runId(), order.instanceId());
  }

  @Test
  void scriptsOfARunningInstanceAskItsAgent() {
    ec2.instances.add(instance("running").build());

    assertThatThrownBy(() -> inspect(work -> {})).isInstanceOf(UnsupportedOperationException.class);
  }
}
