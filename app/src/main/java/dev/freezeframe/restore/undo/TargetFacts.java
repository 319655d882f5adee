package dev.freezeframe.restore.undo;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.ec2.VolumeView;
import dev.freezeframe.restore.ec2.VolumeView.Attachment;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What bears on how a target is put back.
 *
 * @param state of the instance; empty: EC2 knows it no more
 * @param rootTask state of EC2's task that replaces its root; empty: EC2 shows no such task
 * @param created volumes of the restore
 * @param volumes those of the restore, and those that it replaced, as far as they exist
 */
public record TargetFacts(
    RestorePlan plan,
    RestoreRow row,
    Optional<String> state,
    Optional<String> rootTask,
    Set<VolumeId> created,
    Map<VolumeId, VolumeView> volumes) {

  public TargetFacts {
    created = Set.copyOf(created);
    volumes = Map.copyOf(volumes);
  }

  /** Whether the target runs, disturbed by the restore, with volumes that the restore created. */
  boolean runsWithCreated(InstanceId target) {
    return plan.request().to().disturbsInstance()
        && state.equals(Optional.of("running"))
        && created.stream()
            .flatMap(id -> Optional.ofNullable(volumes.get(id)).stream())
            .anyMatch(view -> view.on(target).filter(Attachment::settled).isPresent());
  }
}
