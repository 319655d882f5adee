package dev.freezeframe.restore;

/** The tags by which what a restore creates and replaces is known. */
public final class RestoreTags {
  /** The restore that created it; on volumes, instances, images and tasks of EC2. */
  public static final String RESTORE = "freezeframe:restore";

  /** The snapshot that a volume was created of. */
  public static final String FROM = "freezeframe:restored-from";

  /** The restore whose volume took the place of this one. */
  public static final String REPLACED_BY = "freezeframe:replaced-by";

  private RestoreTags() {}
}
