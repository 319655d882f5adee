package dev.freezeframe.drill;

/** The stages of a drill, each of which is reached once at most. */
public enum DrillStage {
  /** The launch is about to be ordered: from then on there may be something to take away. */
  LAUNCHING,
  /** EC2 says that the drill instance runs, with all volumes. */
  RUNNING,
  /** Its agent is online. */
  AGENT,
  /** The dry run is about to be sent. */
  DRY_RUN,
  /** The validation is about to be sent. */
  VALIDATING,
  /** It is known how the validation ended. */
  VALIDATED,
  /** It is being taken away, and nothing goes on with it. */
  ENDING,
  /** Nothing of it is left. */
  GONE
}
