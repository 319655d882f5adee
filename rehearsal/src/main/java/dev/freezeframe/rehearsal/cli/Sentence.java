package dev.freezeframe.rehearsal.cli;

/** One sentence for a person: one line, nothing in it that could disturb a terminal. */
final class Sentence {
  private Sentence() {}

  static String of(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
