package dev.freezeframe.input;

/** A file cannot be read as text; the message says what was found, such as {@code missing}. */
public final class UnreadableFileException extends RuntimeException {

  UnreadableFileException(String found) {
    super(found);
  }
}
