package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BooleanSupplier;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * One try of a Task state.
 *
 * <p>The first answer counts, and only while the execution runs and waits for it.
 */
public final class TaskCall {
  private final JsonNode parameters;
  private final BooleanSupplier wanted;
  private final Value succeeded;
  private final Value failed;
  private Runnable whenAbandoned = () -> {};
  private boolean over;

  TaskCall(JsonNode parameters, BooleanSupplier wanted, Value succeeded, Value failed) {
    this.parameters = parameters;
    this.wanted = wanted;
    this.succeeded = succeeded;
    this.failed = failed;
  }

  JsonNode parameters() {
    return parameters;
  }

  void succeed(JsonNode answer) {
    if (isWanted()) {
      over = true;
      succeeded.executeVoid(answer.toString());
    }
  }

  void fail(String error, String cause) {
    if (isWanted()) {
      over = true;
      failed.executeVoid(error, cause);
    }
  }

  /** What to do if the execution is stopped before there is an answer. */
  void whenAbandoned(Runnable action) {
    whenAbandoned = action;
  }

  /** For the scripts: the execution was stopped. */
  @HostAccess.Export
  public void abandon() {
    if (!over) {
      over = true;
      whenAbandoned.run();
    }
  }

  private boolean isWanted() {
    return !over && wanted.getAsBoolean();
  }
}
