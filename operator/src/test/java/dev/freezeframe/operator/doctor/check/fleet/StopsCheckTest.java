package dev.freezeframe.operator.doctor.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.fleet.StopsCheck.Stoppable;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.restore.InstanceSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StopsCheckTest {
  private static final Policy POLICY =
      new PolicyReader()
          .read(
              "policy.yaml",
              """
              name: stops
              schedule: {cron: "0 2 * * ? *"}
              hold: stop
              retention: {days: 14}
              """);
  private static final Stoppable MAY = new Stoppable(Optional.empty(), Optional.empty());

  private static FleetInstance instance(int number, String state) {
    return new FleetInstance(
        new InstanceFacts(
            new InstanceId("i-%017x".formatted(number)),
            state,
            Optional.empty(),
            false,
            Optional.empty(),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            InstanceSettings.unknown()),
        Map.of(),
        Map.of());
  }

  private static Finding of(List<FleetInstance> fleet, Map<InstanceId, Stoppable> known) {
    return StopsCheck.of(POLICY, fleet, Asked.answer("ec2:DescribeInstanceAttribute", known));
  }

  @Test
  void instancesThatMayBeStoppedPass() {
    FleetInstance running = instance(1, "running");

    assertThat(of(List.of(running, instance(2, "stopped")), Map.of(running.facts().id(), MAY)))
        .isEqualTo(Finding.pass("stops stops", "1 running instance may be stopped"));
  }

  @Test
  void whatIsNeverStoppedIsNamedWithTheReason() {
    FleetInstance one = instance(1, "running");
    Stoppable not = new Stoppable(Optional.of("stop protection is on"), Optional.empty());

    Finding finding = of(List.of(one), Map.of(one.facts().id(), not));
    assertThat(finding.status()).isEqualTo(Finding.Status.WARN);
    assertThat(finding.found())
        .isEqualTo(one.facts().id() + " is not stopped: stop protection is on");
  }

  @Test
  void anAddressThatAStopGivesUpIsAWarning() {
    FleetInstance one = instance(1, "running");
    Stoppable loses = new Stoppable(Optional.empty(), Optional.of("its address goes"));

    assertThat(of(List.of(one), Map.of(one.facts().id(), loses)).found())
        .isEqualTo(one.facts().id() + ": its address goes");
  }

  @Test
  void onlyRunningInstancesAreAskedAboutAndOfManyTheFirst() {
    List<FleetInstance> many =
        IntStream.rangeClosed(1, 80).mapToObj(number -> instance(number, "running")).toList();

    assertThat(StopsCheck.asked(List.of(instance(1, "stopped")))).isEmpty();
    assertThat(StopsCheck.asked(many)).hasSize(50);
    Finding finding =
        of(
            many,
            StopsCheck.asked(many).stream()
                .collect(java.util.stream.Collectors.toMap(id -> id, id -> MAY)));
    assertThat(finding.found())
        .isEqualTo("50 of 80 running instances were asked about, and may be stopped");
  }

  @Test
  void aCallerWhoMayNotAskIsToldWhatIsMissing() {
    assertThat(
            StopsCheck.of(
                    POLICY,
                    List.of(instance(1, "running")),
                    Asked.forbidden("ec2:DescribeInstanceAttribute"))
                .found())
        .contains("needs the permission ec2:DescribeInstanceAttribute");
  }
}
