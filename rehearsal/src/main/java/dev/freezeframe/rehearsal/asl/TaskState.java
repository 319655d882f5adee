package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Has a service do something (ASL, "Task State"). What it asked for goes on when it times out; its
 * answer is heard no more.
 *
 * @param resource an ARN
 */
record TaskState(
    InputOutput inputOutput,
    String resource,
    Seconds timeout,
    List<Retrier> retriers,
    List<Catcher> catchers,
    String next)
    implements State {

  TaskState {
    retriers = List.copyOf(retriers);
    catchers = List.copyOf(catchers);
  }

  @Override
  public String type() {
    return "Task";
  }

  @Override
  public void run(JsonNode input, Visit visit) {
    visit.perform(resource, input, timeout.of(input, visit.context()));
  }
}
