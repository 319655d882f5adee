package dev.freezeframe.task.restore.message;

import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestorePlan;

/**
 * What the state machine has to know of a plan to choose its way.
 *
 * @param refused whether nothing is restored; the rest is as asked for then
 * @param running whether the target is started again
 * @param registers whether an image is registered of the root
 */
public record RestoreClaim(
    boolean refused,
    Destination to,
    boolean running,
    boolean registers,
    boolean waitInitialized,
    String words) {

  public static RestoreClaim refused(Destination to, String words) {
    return new RestoreClaim(true, to, false, false, false, words);
  }

  public static RestoreClaim claimed(RestorePlan plan) {
    return new RestoreClaim(
        false,
        plan.request().to(),
        plan.running(),
        plan.launch().filter(launch -> launch.image().isEmpty()).isPresent(),
        plan.request().waitInitialized(),
        "%d volumes are restored".formatted(plan.volumes().size()));
  }
}
