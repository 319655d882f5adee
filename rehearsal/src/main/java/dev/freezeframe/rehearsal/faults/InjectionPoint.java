package dev.freezeframe.rehearsal.faults;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where something goes wrong: the field {@code at}. */
public enum InjectionPoint {
  AGENT("agent"),
  DRY_RUN("dry-run"),
  PRE_SCRIPT("pre-script"),
  CREATE_SNAPSHOTS("create-snapshots"),
  POST_SCRIPT("post-script"),
  /** Any of the scripts, and whatever else is sent to a guest. */
  SCRIPT("script"),
  SNAPSHOT("snapshot"),
  EVENT("event"),
  TASK("task"),
  EXECUTION("execution"),
  CALL("call"),
  EC2("ec2"),
  SSM("ssm"),
  DYNAMODB("dynamodb"),
  BUS("bus"),
  SCHEDULE("schedule"),
  UNMOUNT("unmount"),
  STOP("stop"),
  START("start"),
  ALARM("alarm"),
  CREATE_VOLUME("create-volume"),
  ATTACH_VOLUME("attach-volume"),
  DETACH_VOLUME("detach-volume"),
  RUN_INSTANCES("run-instances"),
  REPLACE_ROOT("replace-root"),
  DRILL_DRY_RUN("drill-dry-run"),
  VALIDATE("validate"),
  /** No occasion: someone does it, once. */
  BY_HAND("by-hand");

  static final Set<InjectionPoint> SCRIPTS =
      EnumSet.of(DRY_RUN, PRE_SCRIPT, POST_SCRIPT, SCRIPT, DRILL_DRY_RUN, VALIDATE);

  private final String word;

  InjectionPoint(String word) {
    this.word = word;
  }

  static Optional<InjectionPoint> of(String word) {
    return Arrays.stream(values()).filter(where -> where.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(where -> where.word).toList();
  }

  @Override
  public String toString() {
    return word;
  }
}
