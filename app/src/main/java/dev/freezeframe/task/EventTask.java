package dev.freezeframe.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.LogSafe;
import java.util.Map;

/**
 * A function that EventBridge invokes.
 *
 * <p>The envelope is {@link ScheduledEvent}, as for every EventBridge event; what its library does
 * not map by itself is mapped here.
 *
 * @param <O> output, which nobody reads
 */
public abstract class EventTask<O> extends JsonTask<ScheduledEvent, O> {

  protected EventTask() {
    super(ScheduledEvent.class, EVENTS);
  }

  /** Answers an event that is not ours; nothing was done. */
  protected abstract O leftAlone(String why);

  /** The rules let no other account's events through; a bus that collects them may all the same. */
  @Override
  final O handle(ScheduledEvent event, Context context) {
    String[] own = context.getInvokedFunctionArn().split(":", -1);
    boolean ours =
        own.length > ACCOUNT
            && own[REGION].equals(event.getRegion())
            && own[ACCOUNT].equals(event.getAccount());
    return ours
        ? handle(event)
        : leftAlone(
            "an event of account %s in %s, expected %s in %s"
                .formatted(
                    word(event.getAccount()),
                    word(event.getRegion()),
                    own.length > ACCOUNT ? own[ACCOUNT] : "none",
                    own.length > REGION ? own[REGION] : "none"));
  }

  protected static String word(String text) {
    return text == null ? "none" : LogSafe.of(text, 60);
  }

  /** Where an ARN names them. */
  private static final int REGION = 3;

  private static final int ACCOUNT = 4;

  private static final ObjectMapper EVENTS = events();

  private static ObjectMapper events() {
    ObjectMapper mapper =
        Json.mapper()
            .copy()
            .registerModule(
                new SimpleModule().setMixInAnnotation(ScheduledEvent.class, Envelope.class));
    // A detail has null where there is nothing to say, such as the output of what failed.
    mapper.configOverride(Map.class).setSetterInfo(JsonSetter.Value.empty());
    return mapper;
  }

  /**
   * {@code detail-type} has a hyphen; {@code time} is Joda's and not needed: details have theirs.
   */
  @JsonIgnoreProperties({"time", "id", "resources"})
  private abstract static class Envelope {
    @JsonProperty("detail-type")
    abstract void setDetailType(String detailType);
  }
}
