package dev.freezeframe.rehearsal.cli;

import java.util.List;

/** Something that was given cannot be used; nothing was written. */
final class BadInputException extends RuntimeException {
  private final List<String> sentences;

  BadInputException(List<String> sentences) {
    super(String.join("\n", sentences));
    this.sentences = List.copyOf(sentences);
  }

  BadInputException(String sentence) {
    this(List.of(sentence));
  }

  List<String> sentences() {
    return sentences;
  }
}
