package dev.freezeframe.operator.cli;

/** One sentence for a person: one line, nothing in it that could disturb a terminal. */
public final class Sentence {
  private Sentence() {}

  public static String of(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
