package dev.freezeframe.restore.ec2;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.stop.StartFailedException;
import java.util.Optional;

/** Launches of new instances, the images that they take, and the end of both. */
public interface Launches {

  /**
   * An image.
   *
   * @param state {@code pending}, {@code available}, {@code failed}, ...
   */
  record ImageView(String id, String state) {}

  /**
   * An instance that was launched.
   *
   * @param reason why it is in this state, in EC2's words; empty: EC2 gives none
   */
  record LaunchView(InstanceId id, String state, Optional<String> reason) {

    /** Whether it is no more, or will not be in a moment. */
    public boolean ended() {
      return state.equals("terminated") || state.equals("shutting-down");
    }
  }

  /** The image of a restore, by its name; empty: none is registered. */
  Optional<ImageView> image(RestoreId restore);

  /**
   * Registers an image of the root of a set, or finds that there is one.
   *
   * @throws RestoreFailedException if EC2 refuses it
   */
  void register(RestoreId restore, RestorePlan plan);

  /** Deregisters an image, unless it is deregistered already. */
  void deregister(String image);

  /** The instance that a restore launched, by its token, which no tag can forge. */
  Optional<LaunchView> launched(RestoreId restore);

  /**
   * Launches an instance, or finds the one that an earlier call launched.
   *
   * @throws RestoreFailedException if EC2 refuses it
   * @throws StartFailedException if EC2 has no capacity
   */
  InstanceId launch(RestoreId restore, RestorePlan plan, String image);

  /** Terminates an instance. */
  void terminate(InstanceId instance);

  /** The state of the task that replaces a root; empty: the restore has ordered none. */
  Optional<String> rootTask(RestoreId restore, InstanceId instance);

  /**
   * Has EC2 replace the root of an instance, or finds that it does.
   *
   * @throws RestoreFailedException if EC2 refuses it
   */
  void replaceRoot(RestoreId restore, RestorePlan plan);
}
