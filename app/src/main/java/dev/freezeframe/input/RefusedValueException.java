package dev.freezeframe.input;

/** A record refuses one of its components; the message is in the form of a file's faults. */
public final class RefusedValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String found;
  private final String expected;

  /**
   * A refusal.
   *
   * @param field of the record, by the name that it has in a file
   */
  public RefusedValueException(String field, String found, String expected) {
    super("%s is %s, expected %s".formatted(field, found, expected));
    this.field = field;
    this.found = found;
    this.expected = expected;
  }

  String field() {
    return field;
  }

  String found() {
    return found;
  }

  String expected() {
    return expected;
  }
}
