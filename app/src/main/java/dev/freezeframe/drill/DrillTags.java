package dev.freezeframe.drill;

/** The tag by which what a drill creates is known. */
public final class DrillTags {
  /** The drill that created it; on instances, volumes and network interfaces. */
  public static final String DRILL = "freezeframe:drill";

  private DrillTags() {}
}
