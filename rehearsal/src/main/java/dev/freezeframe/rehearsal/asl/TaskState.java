package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.asl.data.InputOutput;
import dev.freezeframe.rehearsal.asl.data.Seconds;
import java.util.List;
import java.util.Set;

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

  /** Reads one; its resource has to be one of those that there are. */
  static TaskState read(StateFields fields, Set<String> resources) {
    fields.only(
        "Resource",
        "Parameters",
        "ResultSelector",
        "ResultPath",
        "TimeoutSeconds",
        "TimeoutSecondsPath",
        "Retry",
        "Catch",
        "Next",
        "End");
    String resource = fields.get("Resource").asText();
    if (!resources.contains(resource)) {
      throw new IllegalArgumentException(
          "expected one of the resources %s, found '%s'"
              .formatted(String.join(", ", resources), resource));
    }
    return new TaskState(
        fields.inputOutput(),
        resource,
        fields.seconds("TimeoutSeconds", 1).orElseGet(() -> Seconds.constant(Seconds.MAX)),
        fields.retriers(),
        fields.catchers(),
        fields.next());
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
