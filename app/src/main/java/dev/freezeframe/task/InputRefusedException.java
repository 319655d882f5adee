package dev.freezeframe.task;

/**
 * An input that no second try can make good. The state machines never retry it: the execution ends
 * at once, with the sentence.
 */
public final class InputRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param sentence in the form of a policy's faults: what is what, and what was expected
   */
  public InputRefusedException(String sentence) {
    super(sentence);
  }

  public InputRefusedException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
