package dev.freezeframe.consistency.script;

import dev.freezeframe.common.InstanceId;
import java.time.Duration;
import java.util.Optional;

/** Knows the SSM agents. */
@FunctionalInterface
public interface Agents {
  /** An agent that is not online so long after its instance was started is no more waited for. */
  Duration BACK_WITHIN = Duration.ofMinutes(10);

  /** The agent on an instance; empty: none has ever registered. */
  Optional<Agent> find(InstanceId instance);

  /**
   * An agent.
   *
   * @param ping {@code Online}, {@code ConnectionLost} or {@code Inactive}
   * @param platform {@code Linux}, {@code Windows} or {@code MacOS}
   */
  record Agent(String ping, String platform) {

    public boolean online() {
      return ping.equals("Online");
    }
  }
}
