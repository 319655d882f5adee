package dev.freezeframe.operator.doctor.check;

/**
 * The result of one check.
 *
 * @param check its name
 * @param found what is the case
 * @param todo what to do about it; empty where nothing is
 */
public record Finding(String check, Status status, String found, String todo) {

  /** From good to bad. */
  public enum Status {
    PASS,
    WARN,
    FAIL
  }

  public Finding {
    if (todo.isEmpty() != (status == Status.PASS)) {
      throw new IllegalArgumentException(
          "finding of %s: expected something to do unless it passes, found '%s' for %s"
              .formatted(check, todo, status));
    }
  }

  public static Finding pass(String check, String found) {
    return new Finding(check, Status.PASS, found, "");
  }

  public static Finding warn(String check, String found, String todo) {
    return new Finding(check, Status.WARN, found, todo);
  }

  public static Finding fail(String check, String found, String todo) {
    return new Finding(check, Status.FAIL, found, todo);
  }

  /** There is no answer to decide on. */
  public static Finding unanswered(String check, Asked<?> asked) {
    return warn(check, asked.unanswered(), asked.remedy());
  }
}
