package dev.freezeframe.rehearsal.document;

/**
 * A text is no SSM document, or one with a feature that is not simulated; says so in a sentence.
 */
public final class DocumentException extends RuntimeException {
  DocumentException(String sentence) {
    super(sentence);
  }
}
