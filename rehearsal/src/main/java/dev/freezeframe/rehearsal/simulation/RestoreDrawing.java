package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.fleet.Fleet;
import java.util.List;
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

  /**
   * The same simulation, or one with restores.
   *
   * @param always whether it has restores whatever is drawn
   */
  Simulation draw(Simulation drawn, boolean always) {
    boolean restores = draw.percent(RESTORES);
    return always || restores ? restoring(drawn) : drawn;
  }

  private Simulation restoring(Simulation drawn) {
    Simulation launched =
        drawn.withFleet(
            new SimulatedFleet(launched(draw, drawn.fleet().fleet()), drawn.fleet().swap()));
    FaultDrawing drawing = new FaultDrawing(draw, launched);
    drawing.drawAny(TO, 1, MOST);
    drawing.drawEach(OWN, OWN_PERCENT);
    drawing.drawAny(OTHERS, 0, 2);
    return drawing.withFaults();
  }

  /** What EC2 says of most instances, and a new one needs. */
  static Fleet launched(Draw draw, Fleet fleet) {
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
}
