package dev.freezeframe.consistency.script;

/** Systems Manager does not take the document as it is sent; nothing was sent. */
public final class DocumentRefusedException extends RuntimeException {

  public DocumentRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
