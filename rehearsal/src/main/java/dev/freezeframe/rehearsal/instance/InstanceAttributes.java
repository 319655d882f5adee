package dev.freezeframe.rehearsal.instance;

/**
 * The attributes of an instance that DescribeInstances does not tell, and DescribeInstanceAttribute
 * does.
 *
 * @param disableApiStop whether its stop protection is on
 * @param disableApiTermination whether its termination protection is on
 * @param shutdownBehavior {@code stop} or {@code terminate}: what a shutdown from within does
 */
public record InstanceAttributes(
    boolean disableApiStop, boolean disableApiTermination, String shutdownBehavior) {
  /** As EC2 launches an instance unless it is told otherwise. */
  public static final InstanceAttributes DEFAULTS = new InstanceAttributes(false, "stop");

  public InstanceAttributes {
    if (!shutdownBehavior.equals("stop") && !shutdownBehavior.equals("terminate")) {
      throw new IllegalArgumentException(
          "shutdown behaviour is '%s', expected stop or terminate".formatted(shutdownBehavior));
    }
  }

  /** Those of an instance without termination protection. */
  public InstanceAttributes(boolean disableApiStop, String shutdownBehavior) {
    this(disableApiStop, false, shutdownBehavior);
  }

  public InstanceAttributes withDisableApiStop(boolean on) {
    return new InstanceAttributes(on, disableApiTermination, shutdownBehavior);
  }

  public InstanceAttributes withDisableApiTermination(boolean on) {
    return new InstanceAttributes(disableApiStop, on, shutdownBehavior);
  }

  public InstanceAttributes withShutdownBehavior(String other) {
    return new InstanceAttributes(disableApiStop, disableApiTermination, other);
  }
}
