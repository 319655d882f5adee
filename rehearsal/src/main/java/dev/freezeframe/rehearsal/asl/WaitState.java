package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.asl.data.InputOutput;
import dev.freezeframe.rehearsal.asl.data.Seconds;
import java.time.Duration;

/** Waits for so many seconds (ASL, "Wait State"). */
record WaitState(InputOutput inputOutput, Seconds seconds, String next) implements State {
  static WaitState read(StateFields fields) {
    fields.only("Seconds", "SecondsPath", "Next", "End");
    return new WaitState(
        fields.inputOutput(),
        fields
            .seconds("Seconds", 0)
            .orElseThrow(() -> new IllegalArgumentException("expected Seconds or SecondsPath")),
        fields.next());
  }

  @Override
  public String type() {
    return "Wait";
  }

  @Override
  public void run(JsonNode input, Visit visit) {
    Duration wait = seconds.of(input, visit.context());
    visit.after(wait, () -> visit.succeed(input));
  }
}
