package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Gives its input or a constant (ASL, "Pass State"). */
record PassState(InputOutput inputOutput, Optional<JsonNode> result, String next) implements State {
  @Override
  public String type() {
    return "Pass";
  }

  @Override
  public void run(JsonNode input, Visit visit) {
    visit.succeed(result.orElse(input));
  }
}
