package dev.freezeframe.rehearsal.deployment;

/** Lets CloudWatch's alarms ring, lack data or not be there, and CloudWatch refuse to say. */
public interface AlarmFault {

  /** Every alarm that anybody asks for is there, and silent. */
  AlarmFault NONE = new AlarmFault() {};

  /** How a call of DescribeAlarms ends. */
  enum Reading {
    ANSWERED,
    THROTTLED,
    FAILS
  }

  /** The state of an alarm. */
  enum State {
    OK,
    ALARM,
    INSUFFICIENT_DATA,
    MISSING
  }

  /** How the next call ends. */
  default Reading reading() {
    return Reading.ANSWERED;
  }

  /** How an alarm is now. */
  default State state(String name) {
    return State.OK;
  }
}
