package dev.freezeframe.stop;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.Quoted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What CloudWatch said of alarms, as the state machine keeps it.
 *
 * @param at when the state was entered that read them
 * @param answer of DescribeAlarms
 */
public record AlarmReading(Instant at, Answer answer) {

  /** The state waits for some four minutes at most until CloudWatch answers. */
  private static final Duration FRESH = Duration.ofMinutes(5);

  /** Of CloudWatch's reason, whose limit is 1,023 characters. */
  private static final int MAX_REASON = 300;

  /** The members that matter; composite alarms are told apart from the others. */
  public record Answer(
      @JsonProperty("MetricAlarms") Optional<List<Alarm>> metric,
      @JsonProperty("CompositeAlarms") Optional<List<Alarm>> composite) {

    Optional<Alarm> named(String name) {
      return Stream.of(metric, composite)
          .flatMap(Optional::stream)
          .flatMap(List::stream)
          .filter(alarm -> alarm.name().equals(Optional.of(name)))
          .findFirst();
    }
  }

  /** One alarm; its state is {@code OK}, {@code ALARM} or {@code INSUFFICIENT_DATA}. */
  public record Alarm(
      @JsonProperty("AlarmName") Optional<String> name,
      @JsonProperty("StateValue") Optional<String> state,
      @JsonProperty("StateReason") Optional<String> reason) {}

  /** Whether it still says how the alarms are. */
  public boolean isFresh(Instant now) {
    return !at.plus(FRESH).isBefore(now);
  }

  /**
   * Says which of some alarms keeps an instance from being stopped, and why; empty: none does. What
   * is not known to be quiet does, but for an alarm that has too little data to be judged.
   */
  public Optional<String> refusal(List<String> names) {
    return names.stream().map(this::refusal).flatMap(Optional::stream).findFirst();
  }

  private Optional<String> refusal(String name) {
    Optional<Alarm> found = answer.named(name);
    if (found.isEmpty()) {
      return Optional.of(
          "no alarm of the account and the Region is %s, which stop.skipIfAlarm names"
              .formatted(Quoted.quote(name)));
    }
    String state = found.get().state().orElse("in no state");
    if (state.equals("OK") || state.equals("INSUFFICIENT_DATA")) {
      return Optional.empty();
    }
    return Optional.of(
        "the alarm %s is %s: %s"
            .formatted(
                Quoted.quote(name),
                state.equals("ALARM") ? "in ALARM" : LogSafe.of(state, MAX_REASON),
                LogSafe.of(found.get().reason().orElse("no reason is given"), MAX_REASON)));
  }
}
