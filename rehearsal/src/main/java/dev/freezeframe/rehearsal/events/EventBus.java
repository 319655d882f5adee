package dev.freezeframe.rehearsal.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.cloud.EventSink;
import dev.freezeframe.rehearsal.cloud.Latencies;
import dev.freezeframe.rehearsal.time.VirtualTime;
import dev.freezeframe.task.trigger.EventRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** EventBridge's default bus: hands events to the targets of the rules that they match. */
public final class EventBus implements EventSink {
  private static final Duration LATENCY = Duration.ofMillis(500);

  private final VirtualTime time;
  private final Latencies latencies;
  private final EventFault faults;
  private final List<Rule> rules = new ArrayList<>();
  private final SortedMap<String, Integer> deliveries = new TreeMap<>();
  private final SortedMap<String, List<JsonNode>> undelivered = new TreeMap<>();

  public EventBus(VirtualTime time, EventFault faults) {
    this(time, Latencies.USUAL, faults);
  }

  /** A bus that is slower or faster than usual. */
  public EventBus(VirtualTime time, Latencies latencies, EventFault faults) {
    this.time = time;
    this.latencies = latencies;
    this.faults = faults;
  }

  /**
   * Adds a rule.
   *
   * @param pattern as EventBridge has it, with exact values only
   */
  public void rule(String name, JsonNode pattern, Target target) {
    rules.add(new Rule(name, new EventPattern(pattern), target));
    deliveries.put(name, 0);
  }

  @Override
  public void publish(ObjectNode event) {
    List<Rule> matching = rules.stream().filter(rule -> rule.pattern.matches(event)).toList();
    if (matching.isEmpty()) {
      return;
    }
    JsonNode published = event.deepCopy();
    for (Duration late : faults.deliveries(published)) {
      for (Rule rule : matching) {
        time.after(latencies.of(LATENCY).plus(late), () -> deliver(rule, published));
      }
    }
  }

  /** How many events each rule delivered. */
  public SortedMap<String, Integer> deliveries() {
    return new TreeMap<>(deliveries);
  }

  /** What each rule's dead-letter queue holds, of those that hold something. */
  public SortedMap<String, List<JsonNode>> undelivered() {
    return new TreeMap<>(undelivered);
  }

  private void deliver(Rule rule, JsonNode event) {
    new Delivery(
            time,
            rule.target,
            event,
            EventRule.DELIVERIES,
            EventRule.DELIVERED_FOR,
            () -> deliveries.merge(rule.name, 1, Integer::sum),
            () -> undelivered.computeIfAbsent(rule.name, any -> new ArrayList<>()).add(event))
        .begin();
  }

  private record Rule(String name, EventPattern pattern, Target target) {}
}
