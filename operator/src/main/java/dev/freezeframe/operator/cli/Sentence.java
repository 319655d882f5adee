package dev.freezeframe.operator.cli;

import dev.freezeframe.policy.OneLine;

/** One sentence for a person: one line, nothing in it that could disturb a terminal. */
public final class Sentence {
  private Sentence() {}

  public static String of(String text) {
    return OneLine.of(text);
  }
}
