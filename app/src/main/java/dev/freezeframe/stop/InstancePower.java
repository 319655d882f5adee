package dev.freezeframe.stop;

import dev.freezeframe.common.InstanceId;
import java.time.Instant;
import java.util.Optional;

/** Stops and starts instances; to stop or start one that is so already changes nothing. */
public interface InstancePower {

  /** The state of an instance; empty: EC2 knows it no more. */
  Optional<PowerState> look(InstanceId instance);

  /** What bears on whether it may be stopped; empty: EC2 knows it no more. */
  Optional<StopFacts> facts(InstanceId instance);

  /**
   * Orders a stop, by one call.
   *
   * @param force whether EC2 is to stop it though its system does not end
   * @return the state before the call, such as {@code running}; empty: EC2 did not say
   * @throws StopRefusedException if EC2 refused, and nothing is stopped
   */
  Optional<String> stop(InstanceId instance, boolean force);

  /**
   * Orders a start, by one call.
   *
   * @throws StartFailedException if EC2 refused
   */
  void start(InstanceId instance);

  /**
   * Why an instance is in its state.
   *
   * @param code such as {@code Server.InsufficientInstanceCapacity}; empty: EC2 gave words alone
   */
  record StateReason(String code, String words) {}

  /**
   * A state.
   *
   * @param name {@code pending}, {@code running}, {@code stopping}, {@code stopped}, ...
   * @param launchedAt of the last start
   * @param reason why it changed last; empty: EC2 gave none
   * @param toldAt when a call had told it to stop, to the second; empty: it stopped for another
   *     reason, or EC2 does not say when
   */
  record PowerState(
      String name,
      Optional<Instant> launchedAt,
      Optional<StateReason> reason,
      Optional<Instant> toldAt) {

    /** Whether there is nothing left that could be started. */
    public boolean gone() {
      return name.equals("terminated") || name.equals("shutting-down");
    }
  }
}
