package dev.freezeframe.rehearsal.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where something goes wrong: the field {@code at}. */
enum InjectionPoint {
  AGENT("agent"),
  DRY_RUN("dry-run"),
  PRE_SCRIPT("pre-script"),
  CREATE_SNAPSHOTS("create-snapshots"),
  POST_SCRIPT("post-script"),
  SNAPSHOT("snapshot"),
  EVENT("event"),
  TASK("task"),
  EXECUTION("execution");

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
