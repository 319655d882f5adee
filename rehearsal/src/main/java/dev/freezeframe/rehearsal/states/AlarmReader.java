package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;

/** What Step Functions asks of CloudWatch for a Task state. */
@FunctionalInterface
public interface AlarmReader {

  /** Where no state machine asks for alarms. */
  AlarmReader NONE =
      parameters -> {
        throw new IllegalStateException("expected no DescribeAlarms, found " + parameters);
      };

  /**
   * Calls DescribeAlarms.
   *
   * @param parameters and the answer with members in PascalCase, as integrations of the SDK have
   *     them
   * @throws Refused if CloudWatch does not answer
   */
  JsonNode describeAlarms(JsonNode parameters);

  /** An error of the state, by its name: the service, and the SDK's exception. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String errorName;

    public Refused(String errorName, String cause) {
      super(cause);
      this.errorName = errorName;
    }

    String errorName() {
      return errorName;
    }
  }
}
