package dev.freezeframe.rehearsal.report;

/** List prices of us-east-1. */
public enum Price {
  /** A state that is entered, or a child execution that a distributed Map starts. */
  TRANSITION(25),
  INVOCATION(0.20),
  /** Of a function on arm64, by the GB and second. */
  FUNCTION_TIME(13.33),
  /** Of DynamoDB on demand, by the unit. */
  WRITE(0.625),
  READ(0.125),
  /** Of one's own, put on EventBridge. */
  EVENT(1),
  /** Taken in by CloudWatch, by the KB. */
  LOG(0.50);

  private final double aMillion;

  Price(double aMillion) {
    this.aMillion = aMillion;
  }

  /** US dollars for a million. */
  public double aMillion() {
    return aMillion;
  }

  /** US dollars for so many. */
  public double of(double many) {
    return many * aMillion / 1e6;
  }
}
