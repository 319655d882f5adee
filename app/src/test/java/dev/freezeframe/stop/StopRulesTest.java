package dev.freezeframe.stop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopRulesTest {
  private static final Instant NIGHT = Instant.parse("2026-11-22T02:00:00Z");
  private static final Policy WEEKLY = policy("{}");

  private String state = "running";
  private Optional<String> lifecycle = Optional.empty();
  private String root = "ebs";
  private boolean storedLocally;
  private String shutdown = "stop";
  private boolean stopProtected;
  private boolean hibernation;
  private List<VolumeId> moving = List.of();
  private Optional<String> address = Optional.empty();
  private Map<String, String> tags = Map.of();

  private static Policy policy(String stop) {
    return new PolicyReader()
        .read(
            "p.yaml",
            "{name: weekly, hold: stop, schedule: {timeZone: Europe/Berlin}, stop: " + stop + "}");
  }

  private StopFacts facts() {
    return new StopFacts(
        state,
        Optional.of(NIGHT),
        lifecycle,
        root,
        "m5d.large",
        storedLocally,
        shutdown,
        stopProtected,
        hibernation,
        moving,
        address,
        tags);
  }

  private void assertRefused(String why) {
    assertThat(StopRules.refusal(facts(), WEEKLY, NIGHT)).contains("it is not stopped: " + why);
  }

  @Test
  void anOrdinaryInstanceThatRunsMayBeStopped() {
    assertThat(StopRules.refusal(facts(), WEEKLY, NIGHT)).isEmpty();
    assertThat(StopRules.busy(facts(), Optional.empty())).isEmpty();
    assertThat(StopRules.notRunning(facts())).isEmpty();
    assertThat(StopRules.warning(facts())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"stopped", "shutting-down", "terminated"})
  void oneThatDoesNotRunIsNotStopped(String name) {
    state = name;

    assertThat(StopRules.notRunning(facts()))
        .contains("it is not stopped: the instance is " + name);
    assertThat(StopRules.busy(facts(), Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"pending", "stopping"})
  void oneThatIsOnItsWayIsWaitedFor(String name) {
    state = name;

    assertThat(StopRules.busy(facts(), Optional.empty())).contains("the instance is " + name);
    assertThat(StopRules.refusal(facts(), WEEKLY, NIGHT)).isEmpty();
  }

  @Test
  void oneThatIsBeingBackedUpIsWaitedForWhetherItRunsOrIsStoppedForThat() {
    assertThat(StopRules.busy(facts(), Optional.of("other")))
        .contains("another backup of it is under way: other");
    state = "stopped";
    assertThat(StopRules.busy(facts(), Optional.of("other"))).isPresent();
  }

  @Test
  void aMemberOfAnAutoScalingGroupIsNot() {
    tags = Map.of("aws:autoscaling:groupName", "web");
    assertRefused("Auto Scaling would replace it in the group web");
  }

  @ParameterizedTest
  @CsvSource({"spot", "scheduled", "capacity-block"})
  void oneThatEc2MayNotStartAgainIsNot(String kind) {
    lifecycle = Optional.of(kind);
    assertRefused(
        "it is a %s instance, of which nothing says that EC2 starts it again".formatted(kind));
  }

  @Test
  void oneThatWouldLoseDataIsNot() {
    storedLocally = true;
    assertRefused("m5d.large has instance store volumes, which a stop erases");
    root = "instance-store";
    assertRefused("its root device is instance-store, which a stop erases");
  }

  @Test
  void oneThatHibernatesIsNot() {
    hibernation = true;
    assertRefused("it is enabled for hibernation, which CreateSnapshots does not take");
  }

  @Test
  void oneThatAShutdownTerminatesIsNot() {
    shutdown = "terminate";
    assertRefused("its shutdown behaviour is terminate");
  }

  @Test
  void oneThatIsProtectedIsNot() {
    stopProtected = true;
    assertRefused("stop protection is on");
  }

  @Test
  void oneThatIsBeingRestoredIsNot() {
    moving = List.of(new VolumeId("vol-0123456789abcdef0"));
    assertRefused("vol-0123456789abcdef0 is being attached or detached, as in a restore");
    moving = List.of(new VolumeId("vol-0123456789abcdef0"), new VolumeId("vol-0123456789abcdef1"));
    assertRefused("2 volumes are being attached or detached, as in a restore");
  }

  @Test
  void noneIsStoppedOutsideTheWindowByTheClocksOfTheSchedule() {
    Policy nightly = policy("{window: 01:00-05:00}");

    assertThat(StopRules.refusal(facts(), nightly, NIGHT)).isEmpty();
    assertThat(StopRules.refusal(facts(), nightly, Instant.parse("2026-11-22T04:00:00Z")))
        .contains(
            "it is not stopped: 2026-11-22T04:00:00Z lies outside stop.window, 01:00-05:00"
                + " Europe/Berlin");
  }

  @Test
  void aPublicAddressThatIsLostIsNamedAndRefusesNothing() {
    address = Optional.of("203.0.113.7");

    assertThat(StopRules.refusal(facts(), WEEKLY, NIGHT)).isEmpty();
    assertThat(StopRules.warning(facts()))
        .contains("its public address 203.0.113.7 is not an Elastic IP, so the stop gave it up");
  }

  @Test
  void aTagNamesTheGroupAndTheOrder() {
    Policy clusters = policy("{groupByTag: cluster, orderByTag: n}");
    tags = Map.of("cluster", "blue", "n", " 7 ");
    assertThat(StopRules.group(facts(), clusters.stop().orElseThrow())).isEqualTo("blue");
    assertThat(StopRules.order(facts(), clusters.stop().orElseThrow())).isEqualTo(7);

    tags = Map.of("n", "first");
    assertThat(StopRules.group(facts(), clusters.stop().orElseThrow())).isEmpty();
    assertThat(StopRules.order(facts(), clusters.stop().orElseThrow())).isEqualTo(Long.MAX_VALUE);
    assertThat(StopRules.order(facts(), WEEKLY.stop().orElseThrow())).isEqualTo(Long.MAX_VALUE);
  }
}
