package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Waits for so many seconds (ASL, "Wait State"). */
record WaitState(InputOutput inputOutput, Seconds seconds, String next) implements State {
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
