package dev.freezeframe.lambda;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;

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

  private static final ObjectMapper EVENTS =
      Json.mapper()
          .copy()
          .registerModule(
              new SimpleModule().setMixInAnnotation(ScheduledEvent.class, Envelope.class));

  /**
   * {@code detail-type} has a hyphen; {@code time} is Joda's and not needed: details have theirs.
   */
  @JsonIgnoreProperties({"time", "id", "account", "region", "resources"})
  private abstract static class Envelope {
    @JsonProperty("detail-type")
    abstract void setDetailType(String detailType);
  }
}
