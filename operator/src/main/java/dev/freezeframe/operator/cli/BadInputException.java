package dev.freezeframe.operator.cli;

import java.util.List;

/** Something that was given cannot be used; nothing was written. */
public final class BadInputException extends RuntimeException {
  private final List<String> sentences;

  /** More than one thing is wrong: a sentence each. */
  public BadInputException(List<String> sentences) {
    super(String.join("\n", sentences));
    this.sentences = List.copyOf(sentences);
  }

  public BadInputException(String sentence) {
    this(List.of(sentence));
  }

  List<String> sentences() {
    return sentences;
  }
}
