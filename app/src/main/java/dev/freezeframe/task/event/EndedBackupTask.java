package dev.freezeframe.task.event;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.freezeframe.task.EventTask;

/** A function of the state machine {@code thaw-abandoned}, which the event of an end starts. */
abstract class EndedBackupTask<O> extends EventTask<O> {

  /** Does its part for an execution that ended. */
  abstract O handle(EndedBackup ended);

  @Override
  protected final O handle(ScheduledEvent event) {
    if (!"aws.states".equals(event.getSource()) || event.getDetail() == null) {
      return leftAlone("an event of %s, expected aws.states".formatted(word(event.getSource())));
    }
    return EndedBackup.of(event.getDetail())
        .map(this::handle)
        .orElseGet(
            () -> leftAlone("its input names no run and instance, so it has ordered nothing"));
  }
}
