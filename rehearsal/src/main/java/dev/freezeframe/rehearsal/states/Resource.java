package dev.freezeframe.rehearsal.states;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a Task state can do here. */
enum Resource {
  LAMBDA_INVOKE("arn:aws:states:::lambda:invoke", 3),
  START_EXECUTION("arn:aws:states:::states:startExecution", 3),
  START_EXECUTION_AND_WAIT("arn:aws:states:::states:startExecution.sync:2", 4),
  PUT_EVENTS("arn:aws:states:::events:putEvents", 3),
  DESCRIBE_ALARMS("arn:aws:states:::aws-sdk:cloudwatch:describeAlarms", 3);

  private final String arn;
  private final int historyEvents;

  Resource(String arn, int historyEvents) {
    this.arn = arn;
    this.historyEvents = historyEvents;
  }

  static Optional<Resource> of(String arn) {
    return Arrays.stream(values()).filter(resource -> resource.arn.equals(arn)).findFirst();
  }

  /** The ARNs of all. */
  static Set<String> all() {
    return Arrays.stream(values())
        .map(resource -> resource.arn)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Events that one try adds to the history: scheduled, started, for a wait submitted, ended. */
  int historyEvents() {
    return historyEvents;
  }
}
