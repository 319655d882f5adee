package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.asl.data.InputOutput;

/** Ends a machine well (ASL, "Succeed State"). */
record SucceedState(InputOutput inputOutput) implements State {
  static SucceedState read(StateFields fields) {
    fields.only();
    return new SucceedState(fields.inputOutput());
  }

  @Override
  public String type() {
    return "Succeed";
  }

  @Override
  public String next() {
    return END;
  }

  @Override
  public void run(JsonNode input, Visit visit) {
    visit.succeed(input);
  }
}
