package dev.freezeframe.rehearsal.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Where a service puts its events: EventBridge's default bus. */
@FunctionalInterface
public interface EventSink {

  /**
   * Publishes an event, whole: {@code version}, {@code id}, {@code source}, {@code detail-type},
   * {@code time}, {@code detail} and the rest.
   */
  void publish(ObjectNode event);
}
