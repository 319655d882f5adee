package dev.freezeframe.drill;

import java.time.Duration;

/** How long each part of a drill may take; what takes longer is ended. */
public final class DrillBounds {
  /** From the call until EC2 says that it runs, capacity looked for in each subnet included. */
  public static final Duration LAUNCH = Duration.ofMinutes(15);

  /** From then until its agent is online. */
  public static final Duration AGENT = Duration.ofMinutes(15);

  /** A dry run looks for tools and volumes. */
  public static final Duration DRY_RUN = Duration.ofMinutes(2);

  /**
   * In which a dry run that the guest refuses is tried again: nothing orders user data, which
   * writes the proof of a drill instance, before the agent.
   */
  public static final Duration READY = Duration.ofMinutes(5);

  /** In which Systems Manager delivers a command to an agent that is online. */
  public static final Duration DELIVERY = Duration.ofSeconds(60);

  /** How long the drill waits for a command after its bounds. */
  public static final Duration GRACE = Duration.ofSeconds(30);

  /** What passes between the steps, while the state machine waits for its next look. */
  private static final Duration LOOKS = Duration.ofMinutes(5);

  /** From the order to terminate until nothing is left. */
  public static final Duration END = Duration.ofMinutes(30);

  private DrillBounds() {}

  /**
   * After which the guest shuts itself down: the longest that a drill may need it.
   *
   * @param validation the bound of the document's validation
   */
  public static Duration lifetime(Duration validation) {
    return LAUNCH
        .plus(AGENT)
        .plus(READY)
        .plus(DRY_RUN)
        .plus(validation)
        .plus(DELIVERY.plus(GRACE).multipliedBy(2))
        .plus(LOOKS);
  }

  /** The longest that anything of a drill exists: what is billed at most. */
  public static Duration deadline(Duration validation) {
    return LAUNCH.plus(lifetime(validation)).plus(END);
  }
}
