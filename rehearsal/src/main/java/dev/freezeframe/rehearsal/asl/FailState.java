package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.asl.data.InputOutput;
import dev.freezeframe.rehearsal.asl.data.PayloadTemplate;
import dev.freezeframe.rehearsal.asl.data.StatesError;

/**
 * Ends a machine with an error, whose name and cause may come from the data (ASL, "Fail State").
 */
record FailState(InputOutput inputOutput, PayloadTemplate error, PayloadTemplate cause)
    implements State {
  static FailState read(StateFields fields) {
    fields.only("Error", "ErrorPath", "Cause", "CausePath");
    return new FailState(fields.inputOutput(), fields.text("Error"), fields.text("Cause"));
  }

  @Override
  public String type() {
    return "Fail";
  }

  @Override
  public String next() {
    return END;
  }

  @Override
  public void run(JsonNode input, Visit visit) {
    visit.fail(
        new StatesError(
            text(error.fill(input, visit.context())), text(cause.fill(input, visit.context()))));
  }

  private static String text(JsonNode value) {
    if (!value.isTextual()) {
      throw StatesError.runtime(
          "expected ErrorPath and CausePath to name a text, found %s".formatted(value));
    }
    return value.textValue();
  }
}
