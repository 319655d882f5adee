package dev.freezeframe.rehearsal.faults;

import java.util.List;

/**
 * A file of faults can't be used; each sentence names a field, what it is and what it should be.
 */
public final class FaultsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> sentences;

  FaultsException(List<String> sentences) {
    super(String.join("\n", sentences));
    this.sentences = List.copyOf(sentences);
  }

  /** Everything that is wrong, in the order of the file. */
  public List<String> sentences() {
    return sentences;
  }
}
