package dev.freezeframe.drill.ec2;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.drill.DrillRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The launch of drill instances, and their end. */
public interface DrillInstances {

  /**
   * A drill instance.
   *
   * @param code of the reason for its state, such as {@code Client.InternalError}; empty: EC2 gives
   *     none
   * @param words the reason, in EC2's words
   * @param launchedAt empty: EC2 does not say
   * @param token that its launch was given, which nobody can change
   * @param drill the value of the tag of drills
   */
  record View(
      InstanceId id,
      String state,
      Optional<String> code,
      Optional<String> words,
      String image,
      Optional<Instant> launchedAt,
      Optional<String> token,
      Optional<String> drill) {

    /** Whether it is no more, or will not be in a moment. */
    public boolean ended() {
      return state.equals("terminated") || state.equals("shutting-down");
    }

    /** Whether nothing of it is left. */
    public boolean gone() {
      return state.equals("terminated");
    }
  }

  /** How a launch was answered. */
  sealed interface Launch {
    /** EC2 took it. */
    record Taken(InstanceId id, String image) implements Launch {}

    /** EC2 has no room for it in this subnet. */
    record NoRoom(String words) implements Launch {}

    /**
     * EC2 refused it for good, or a quota of the account is used up.
     *
     * @param ofSet whether a restore of the set would be refused as well
     */
    record Refused(String words, boolean ofSet) implements Launch {}
  }

  /** The instance that was launched under a token; the newest may be missing. */
  Optional<View> launched(String token);

  /** Every instance that carries the tag of drills and is not terminated. */
  List<View> tagged();

  /** Launches the instance of a drill with its volumes, or finds that an earlier call did. */
  Launch launch(DrillRow drill);

  /** Terminates an instance; does nothing to one that is gone. */
  void terminate(InstanceId instance);
}
