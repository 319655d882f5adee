package dev.freezeframe.consistency.script;

import dev.freezeframe.common.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
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

    /** The same once more, told apart by its comment. */
    public Order again(int attempt) {
      return attempt == 1
          ? this
          : new Order(
              instance,
              document,
              parameters,
              "%s try %d".formatted(comment, attempt),
              delivery,
              timeout);
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
   * The commands that were sent for an order, the first first: those whose comment begins with its
   * own, since each further try has a comment that says which it is.
   *
   * @param since before which none was sent
   * @return empty: none was, or Systems Manager does not show it yet
   */
  List<Sent> find(Order order, Instant since);

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
