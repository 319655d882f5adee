package dev.freezeframe.rehearsal.states;

/** Which names Step Functions takes. */
final class ExecutionName {
  private static final int MAX_LENGTH = 80;
  private static final String FORBIDDEN = "<>{}[]?*\"#%\\^|~`$&,;:/";

  private ExecutionName() {}

  /**
   * Checks a name of an execution or a state machine.
   *
   * @throws StepFunctionsException if it is too long or has a character that is forbidden
   */
  static void check(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      throw new StepFunctionsException(
          "InvalidName",
          "Invalid Name: '%s': expected 1 to %d characters, found %d"
              .formatted(name, MAX_LENGTH, name.length()));
    }
    name.chars()
        .filter(
            c ->
                Character.isWhitespace(c) || Character.isISOControl(c) || FORBIDDEN.indexOf(c) >= 0)
        .findFirst()
        .ifPresent(
            c -> {
              throw new StepFunctionsException(
                  "InvalidName",
                  "Invalid Name: '%s': the character '%c' is not allowed".formatted(name, c));
            });
  }
}
