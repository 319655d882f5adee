package dev.freezeframe.drill;

import com.fasterxml.jackson.annotation.JsonValue;

/** A command of a drill document: the values of its parameter {@code command}. */
public enum DrillCommand {
  DRY_RUN("dry-run", DrillStage.DRY_RUN),
  VALIDATE("validate", DrillStage.VALIDATING);

  private final String parameter;
  private final DrillStage stage;

  DrillCommand(String parameter, DrillStage stage) {
    this.parameter = parameter;
    this.stage = stage;
  }

  /** The value of the parameter. */
  @JsonValue
  public String parameter() {
    return parameter;
  }

  /** The stage that is reached just before it is sent. */
  public DrillStage stage() {
    return stage;
  }
}
