package dev.freezeframe.restore.plan;

import dev.freezeframe.restore.view.TargetView;
import java.util.stream.Stream;

/** Whether an instance takes so many volumes. */
final class AttachmentRules {
  private AttachmentRules() {}

  /**
   * Decides.
   *
   * @param after how many volumes it would have
   */
  static Stream<String> tooMany(TargetView target, int after) {
    return target.limit().stream()
        .filter(limit -> after > limit.volumes(target.interfaces()))
        .map(
            limit ->
                "%s would have %d volumes, expected %d at most for %s%s"
                    .formatted(
                        target.instance(),
                        after,
                        limit.volumes(target.interfaces()),
                        target.type(),
                        limit.shared()
                            ? ", whose %d attachments are network interfaces and local disks too"
                                .formatted(limit.most())
                            : ""));
  }
}
