package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.faults.Fault;
import dev.freezeframe.rehearsal.faults.InjectionPoint;
import dev.freezeframe.rehearsal.fleet.Fleet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * Has somebody restore sets in some simulations, with what can go wrong then. The others stay what
 * they were: all of it comes from random numbers of its own.
 */
final class RestoreDrawing {
  private static final int RESTORES = 10;
  private static final int MOST = 3;

  private static final List<FaultType> TO =
      List.of(
          FaultType.RESTORED_TO_VOLUMES,
          FaultType.RESTORED_TO_INSTANCE,
          FaultType.RESTORED_TO_NEW,
          FaultType.RESTORED_TO_NEW,
          FaultType.RESTORED_IN_PLACE,
          FaultType.RESTORED_IN_PLACE,
          FaultType.RESTORED_IN_PLACE,
          FaultType.ROOT_RESTORED);

  /** What only the calls of a restore can meet; each is in one of five that restore. */
  private static final List<FaultType> OWN =
      List.of(
          FaultType.STOP_SLOW,
          FaultType.NO_CAPACITY,
          FaultType.START_FAILS,
          FaultType.VOLUME_KEY_DISABLED,
          FaultType.NO_VOLUME_CAPACITY,
          FaultType.VOLUME_ANSWER_LOST,
          FaultType.ATTACHMENTS_FULL,
          FaultType.ATTACH_ANSWER_LOST,
          FaultType.DETACHMENT_BUSY,
          FaultType.LAUNCH_FAILS,
          FaultType.LAUNCH_ANSWER_LOST,
          FaultType.ROOT_ANSWER_LOST);

  private static final int OWN_PERCENT = 20;

  /** What is worst just then. */
  private static final List<FaultType> OTHERS =
      List.of(
          FaultType.STOPPED,
          FaultType.TERMINATED,
          FaultType.DETACHED,
          FaultType.EC2_THROTTLED,
          FaultType.EC2_FAILS,
          FaultType.CALL_LOST,
          FaultType.ANSWER_LOST,
          FaultType.FUNCTION_DIES_FIRST,
          FaultType.FUNCTION_DIES_LAST,
          FaultType.DIES_AFTER_CALL,
          FaultType.ABORTED,
          FaultType.ABORTED_IN_A_CALL,
          FaultType.ALL_ABORTED);

  private static final GroupIdentifier GROUP =
      GroupIdentifier.builder().groupId("sg-0000000000000beef").groupName("servers").build();

  private final Draw draw;

  RestoreDrawing(Draw draw) {
    this.draw = draw;
  }

  /** The same simulation, or one with restores. */
  Simulation draw(Simulation drawn) {
    return draw.percent(RESTORES) ? restoring(drawn) : drawn;
  }

  /** The same simulation with restores. */
  Simulation restoring(Simulation drawn) {
    Simulation launched =
        drawn.withFleet(new SimulatedFleet(fleet(drawn.fleet().fleet()), drawn.fleet().swap()));
    return launched.withFaults(
        Stream.of(launched.faults(), faults(launched))
            .flatMap(List::stream)
            .sorted(RestoreDrawing.order())
            .toList());
  }

  /** What EC2 says of most instances, and a new one needs. */
  private Fleet fleet(Fleet fleet) {
    return new Fleet(
        fleet.instances().stream()
            .map(instance -> draw.percent(85) ? launched(instance) : instance)
            .toList(),
        fleet.volumes(),
        fleet.reservations(),
        fleet.attributes());
  }

  private static Instance launched(Instance instance) {
    return instance.copy(
        builder ->
            builder
                .imageId("ami-0000000000000beef")
                .architecture("x86_64")
                .virtualizationType("hvm")
                .enaSupport(true)
                .rootDeviceType("ebs")
                .instanceType(
                    instance.instanceType() == null ? "m5.large" : instance.instanceTypeAsString())
                .vpcId("vpc-0000000000000beef")
                .subnetId("subnet-000000000000beef0")
                .securityGroups(GROUP));
  }

  /** What is done by hand stays behind, as it was drawn. */
  private static Comparator<Fault> order() {
    Comparator<Fault> byHand = Comparator.comparing(fault -> fault.at() == InjectionPoint.BY_HAND);
    return byHand.thenComparing(
        (one, other) ->
            one.at() == InjectionPoint.BY_HAND ? 0 : one.action().compareTo(other.action()));
  }

  private List<Fault> faults(Simulation simulation) {
    int last = simulation.faults().stream().mapToInt(Fault::number).max().orElse(0);
    FaultDrawing drawing =
        new FaultDrawing(draw, simulation, SimulationDrawing.firings(simulation), last);
    int restores = draw.between(1, MOST);
    for (int entry = 0; entry < restores; entry++) {
      drawing.draw(draw.one(TO));
    }
    for (FaultType type : OWN) {
      if (draw.percent(OWN_PERCENT)) {
        drawing.draw(type);
      }
    }
    int others = draw.between(0, 2);
    for (int entry = 0; entry < others; entry++) {
      drawing.draw(draw.one(OTHERS));
    }
    return drawing.faults();
  }
}
