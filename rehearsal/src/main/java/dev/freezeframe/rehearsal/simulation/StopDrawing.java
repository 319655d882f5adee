package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.instance.InstanceAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Has some simulations hold instances by a stop, with what can go wrong then. The others stay what
 * they were: all of it comes from random numbers of its own.
 */
final class StopDrawing {
  private static final int STOPS = 15;

  /** What only a stop or a start can meet; each is in two of five simulations that stop. */
  private static final List<FaultType> OWN =
      List.of(
          FaultType.STOP_SLOW,
          FaultType.NO_CAPACITY,
          FaultType.START_FAILS,
          FaultType.STARTED_BY_HAND);

  private static final int OWN_PERCENT = 40;

  /** What is worst just then. */
  private static final List<FaultType> OTHERS =
      List.of(
          FaultType.STOPPED,
          FaultType.TERMINATED,
          FaultType.EVENT_LOST,
          FaultType.FUNCTION_DIES_FIRST,
          FaultType.FUNCTION_DIES_LAST,
          FaultType.DIES_AFTER_CALL,
          FaultType.ABORTED);

  /** The alarm that faults are of; another that policies name is always silent. */
  static final String ALARM = "restoring";

  /** Of the simulations that stop. */
  private static final int ASKS_FOR_ALARMS = 35;

  private static final List<FaultType> OF_ALARMS =
      List.of(
          FaultType.ALARM_RINGS,
          FaultType.ALARM_LACKS_DATA,
          FaultType.ALARM_MISSING,
          FaultType.ALARMS_THROTTLED,
          FaultType.ALARMS_FAIL);

  private final Draw draw;
  private final Draw alarms;

  /**
   * Draws stops.
   *
   * @param alarms draws the alarms that keep instances running, which came later
   */
  StopDrawing(Draw draw, Draw alarms) {
    this.draw = draw;
    this.alarms = alarms;
  }

  /** The same simulation, or one whose first policy stops. */
  Simulation draw(Simulation drawn) {
    if (!draw.percent(STOPS)) {
      return drawn;
    }
    List<String> policies = new ArrayList<>(drawn.policies());
    policies.set(0, stopping(policies.get(0)));
    Simulation stopping =
        drawn
            .withPolicies(policies)
            .withFleet(new SimulatedFleet(fleet(drawn.fleet().fleet()), drawn.fleet().swap()));
    FaultDrawing drawing = new FaultDrawing(draw, stopping);
    drawing.drawEach(OWN, OWN_PERCENT);
    drawing.drawAny(OTHERS, 0, 2);
    return withAlarms(drawing.withFaults());
  }

  private Simulation withAlarms(Simulation stopping) {
    if (!alarms.percent(ASKS_FOR_ALARMS)) {
      return stopping;
    }
    List<String> policies = new ArrayList<>(stopping.policies());
    String names = alarms.percent(50) ? ALARM : "silent, " + ALARM;
    policies.set(
        0, policies.get(0).replace("stop: {", "stop: {skipIfAlarm: [%s], ".formatted(names)));
    Simulation asking = stopping.withPolicies(policies);
    FaultDrawing drawing = new FaultDrawing(alarms, asking);
    drawing.drawEach(OF_ALARMS, OWN_PERCENT);
    return drawing.withFaults();
  }

  /** A policy without its scripts, and how it stops. */
  private String stopping(String policy) {
    String withoutScripts = policy.replaceAll("(?m)^scripts:\\n(?:  .*\\n)*", "");
    return withoutScripts
        + "hold: stop\n"
        + "stop: {timeout: %s, %satOnce: %d}\n"
            .formatted(
                draw.one(List.of("5m", "10m", "30m")),
                draw.percent(30) ? "forceAfter: 2m, " : "",
                draw.between(1, 3));
  }

  private Fleet fleet(Fleet fleet) {
    List<Instance> instances = new ArrayList<>();
    Map<String, InstanceAttributes> attributes = new TreeMap<>();
    for (Instance instance : fleet.instances()) {
      instances.add(instance.copy(builder -> kind(builder, instance)));
      if (draw.percent(10)) {
        attributes.put(
            instance.instanceId(),
            new InstanceAttributes(draw.percent(50), draw.one(List.of("stop", "terminate"))));
      }
    }
    return new Fleet(instances, fleet.volumes(), fleet.reservations(), attributes);
  }

  /** Most may be stopped; the first draw decides which of the others it is. */
  private void kind(Instance.Builder builder, Instance instance) {
    int kind = draw.between(1, 100);
    if (kind <= 4) {
      builder.instanceLifecycle(InstanceLifecycleType.SPOT);
    } else if (kind <= 8) {
      builder.instanceType(InstanceType.M5_D_LARGE);
    } else if (kind <= 12) {
      List<Tag> tags = new ArrayList<>(instance.tags());
      tags.add(Tag.builder().key("aws:autoscaling:groupName").value("group").build());
      builder.tags(tags);
    }
  }
}
