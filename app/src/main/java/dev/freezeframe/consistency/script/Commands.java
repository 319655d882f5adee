package dev.freezeframe.consistency.script;

import dev.freezeframe.common.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sends commands to guests, and looks at them, without waiting for their end. */
public interface Commands {

  /**
   * A command.
   *
   * @param parameters of the document
   * @param comment by which it is found again
   * @param timeout for its execution; delivery has a bound of its own
   */
  record Order(
      InstanceId instance,
      DocumentVersion document,
      Map<String, String> parameters,
      String comment,
      Duration delivery,
      Duration timeout) {

    public Order {
      parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }
  }

  /**
   * A command that was sent.
   *
   * @param started whether it runs in the guest, or has run
   * @param ended how it ended; empty: it has not
   */
  record Sent(String commandId, Instant sentAt, boolean started, Optional<ScriptRun> ended) {}

  /**
   * The command that was sent for an order: one that exited by itself, else one that is under way,
   * else the newest.
   *
   * @param since before which it was not sent
   * @return empty: none was, or Systems Manager does not show it yet
   */
  Optional<Sent> find(Order order, Instant since);

  /**
   * Sends it.
   *
   * @throws DocumentRefusedException if the pinned document can't be sent; nothing was sent
   * @throws GuestGoneException if there is no such managed instance; nothing was sent
   * @throws CommandThrottledException if no command is taken at the moment; nothing was sent
   * @throws CommandRefusedException if it is not taken for another reason; nothing was sent
   */
  void send(Order order);

  /** Cancels it, as far as that is possible. */
  void cancel(Order order, String commandId);
}
