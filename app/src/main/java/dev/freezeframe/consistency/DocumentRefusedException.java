package dev.freezeframe.consistency;

/** Systems Manager does not take the document as it is pinned; nothing was sent. */
public final class DocumentRefusedException extends RuntimeException {

  public DocumentRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
