package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What an execution went through, in the measures that Step Functions limits. */
final class History {
  /** Step Functions fails an execution whose history would have more events. */
  static final int MAX_EVENTS = 25_000;

  /** Step Functions fails an execution with a larger input or output of a state: 256 KiB. */
  static final int MAX_PAYLOAD = 262_144;

  private final List<EnteredState> states = new ArrayList<>();
  private int events = 1;
  private int largestPayload;

  /**
   * Counts what a state adds when it is entered.
   *
   * @param counted false inside a distributed Map, whose items have histories of their own
   */
  void entered(EnteredState state, String type, boolean counted) {
    states.add(state);
    if (counted) {
      events += type.equals("Map") || type.equals("Parallel") ? 3 : 1;
    }
  }

  void left(boolean counted) {
    events += counted ? 1 : 0;
  }

  void tried(Resource resource, boolean counted) {
    events += counted ? resource.historyEvents() : 0;
  }

  void itemStarted() {
    events += 2;
  }

  void ended() {
    events++;
  }

  /** Notes a payload, and says whether it is within the limit. */
  boolean takes(JsonNode payload) {
    int bytes = PayloadSize.of(payload);
    largestPayload = Math.max(largestPayload, bytes);
    return bytes <= MAX_PAYLOAD;
  }

  List<EnteredState> states() {
    return Collections.unmodifiableList(states);
  }

  int events() {
    return events;
  }

  int largestPayload() {
    return largestPayload;
  }
}
