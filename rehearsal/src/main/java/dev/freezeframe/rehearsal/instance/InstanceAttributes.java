package dev.freezeframe.rehearsal.instance;

/**
 * The attributes of an instance that DescribeInstances does not tell, and DescribeInstanceAttribute
 * does.
 *
 * @param disableApiStop whether its stop protection is on
 * @param shutdownBehavior {@code stop} or {@code terminate}: what a shutdown from within does
 */
public record InstanceAttributes(boolean disableApiStop, String shutdownBehavior) {
  /** As EC2 launches an instance unless it is told otherwise. */
  public static final InstanceAttributes DEFAULTS = new InstanceAttributes(false, "stop");

  public InstanceAttributes {
    if (!shutdownBehavior.equals("stop") && !shutdownBehavior.equals("terminate")) {
      throw new IllegalArgumentException(
          "shutdown behaviour is '%s', expected stop or terminate".formatted(shutdownBehavior));
    }
  }
}
