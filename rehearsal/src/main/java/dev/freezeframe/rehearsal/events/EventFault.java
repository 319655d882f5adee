package dev.freezeframe.rehearsal.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** Lets events get lost, come twice or come late. */
public interface EventFault {
  /** Every event comes once, in time. */
  EventFault NONE = new EventFault() {};

  /**
   * How an event is delivered.
   *
   * @return for each delivery how much later than usual it is; none if the event is lost
   */
  default List<Duration> deliveries(JsonNode event) {
    return List.of(Duration.ZERO);
  }
}
