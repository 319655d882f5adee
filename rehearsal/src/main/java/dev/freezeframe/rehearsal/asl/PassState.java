package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.asl.data.InputOutput;
import java.util.Optional;

/** Gives its input or a constant (ASL, "Pass State"). */
record PassState(InputOutput inputOutput, Optional<JsonNode> result, String next) implements State {
  static PassState read(StateFields fields) {
    fields.only("Parameters", "Result", "ResultPath", "Next", "End");
    return new PassState(
        fields.inputOutput(),
        fields.has("Result") ? Optional.of(fields.get("Result")) : Optional.empty(),
        fields.next());
  }

  @Override
  public String type() {
    return "Pass";
  }

  @Override
  public void run(JsonNode input, Visit visit) {
    visit.succeed(result.orElse(input));
  }
}
