package dev.freezeframe.restore.ec2;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestorePlan.Replacement;
import java.util.List;
import java.util.Optional;

/**
 * Finds the root that EC2's task created: EC2 gives it no tag of ours. The root before it may be of
 * the same snapshot, as after a restore in place, so snapshot and device do not tell them apart.
 */
public final class NewRoot {
  private NewRoot() {}

  /**
   * The new root of a plan's target; empty: EC2 shows none.
   *
   * @param attached the volumes of the target, on their way ones among them
   */
  public static Optional<VolumeView> of(RestorePlan plan, List<VolumeView> attached) {
    Creation root = plan.volumes().get(0);
    InstanceId target = plan.target().orElseThrow();
    return attached.stream()
        .filter(
            view -> plan.replaced().stream().map(Replacement::volume).noneMatch(view.id()::equals))
        .filter(view -> view.snapshot().filter(root.snapshot()::equals).isPresent())
        .filter(view -> view.on(target).map(VolumeView.Attachment::device).equals(root.device()))
        .findFirst();
  }
}
