package dev.freezeframe.rehearsal.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Has the first policy of some simulations drill its sets, with what can go wrong then. The others
 * stay what they were: all of it comes from random numbers of its own.
 */
final class DrillDrawing {
  private static final int DRILLS = 10;

  /** What only a drill can meet; each is in one of seven that drill. */
  private static final List<FaultType> OWN =
      List.of(
          FaultType.DRY_RUN_EXITS,
          FaultType.DRY_RUN_HANGS,
          FaultType.DRY_RUN_LOST,
          FaultType.VALIDATION_EXITS,
          FaultType.VALIDATION_HANGS,
          FaultType.VALIDATION_RUNS_ON,
          FaultType.VALIDATION_LOST,
          FaultType.VALIDATION_SLOW,
          FaultType.DATA_UNREADABLE,
          FaultType.DATA_DAMAGED,
          FaultType.BOOT_HANGS,
          FaultType.NO_AGENT,
          FaultType.NO_LAUNCH_CAPACITY,
          FaultType.LAUNCHES_FULL,
          FaultType.LAUNCH_KEY_DISABLED,
          FaultType.LAUNCH_FAILS,
          FaultType.LAUNCH_ANSWER_LOST);

  private static final int OWN_PERCENT = 14;

  /** What is worst just then. */
  private static final List<FaultType> OTHERS =
      List.of(
          FaultType.EC2_THROTTLED,
          FaultType.EC2_FAILS,
          FaultType.SSM_THROTTLED,
          FaultType.CALL_LOST,
          FaultType.ANSWER_LOST,
          FaultType.EVENT_LOST,
          FaultType.FUNCTION_DIES_FIRST,
          FaultType.FUNCTION_DIES_LAST,
          FaultType.DIES_AFTER_CALL,
          FaultType.ABORTED,
          FaultType.ABORTED_IN_A_CALL,
          FaultType.ALL_ABORTED,
          FaultType.SNAPSHOT_DELETED);

  private final Draw draw;

  DrillDrawing(Draw draw) {
    this.draw = draw;
  }

  /**
   * The same simulation, or one with drills.
   *
   * @param always whether it has drills whatever is drawn
   */
  Simulation draw(Simulation drawn, boolean always) {
    boolean drills = draw.percent(DRILLS);
    return always || drills ? drilling(drawn) : drawn;
  }

  private Simulation drilling(Simulation drawn) {
    List<String> policies = new ArrayList<>(drawn.policies());
    policies.set(0, policies.get(0) + drill());
    Simulation drilling =
        drawn
            .withPolicies(policies)
            .withFleet(
                new SimulatedFleet(
                    RestoreDrawing.launched(draw, drawn.fleet().fleet()), drawn.fleet().swap()));
    FaultDrawing drawing = new FaultDrawing(draw, drilling);
    drawing.drawEach(OWN, OWN_PERCENT);
    drawing.drawAny(OTHERS, 0, 2);
    return drawing.withFaults();
  }

  /** All instances within a day or two, so that a short simulation has many. */
  private String drill() {
    return "drill: {each: %s, schedule: \"%d %s * * ? *\", %s, timeout: %s, maxConcurrent: %d, maxPerMonth: %s}\n"
        .formatted(
            draw.one(List.of("1d", "1d", "2d")),
            draw.between(0, 59),
            draw.one(List.of("3", "5", "8", "4,16", "1/6")),
            draw.one(
                List.of(
                    "level: L0",
                    "level: L2",
                    "level: L2",
                    "level: L3, document: freezeframe-drill-postgresql",
                    "level: L3, document: freezeframe-drill-mysql")),
            draw.one(List.of("5m", "30m", "1h")),
            draw.one(List.of(1, 2, 10)),
            draw.one(List.of("0.2", "20", "1000")));
  }
}
