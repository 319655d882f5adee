package dev.freezeframe.drill;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what is provably of a drill: a tag alone can be put on anything by anyone who may tag.
 * The token of a launch and the snapshot of a volume are EC2's own, and nobody can change them.
 */
public final class DrillLeftovers {
  private DrillLeftovers() {}

  /**
   * Why an instance is not the drill's; empty: it is.
   *
   * @param token that its launch was given
   * @param tag the value of the tag of drills
   */
  public static Optional<String> notTheDrills(
      DrillRow drill, Optional<String> token, Optional<String> tag) {
    int attempts =
        drill.plan().flatMap(DrillPlan::host).map(host -> host.subnets().size()).orElse(0);
    for (int attempt = 1; attempt <= attempts; attempt++) {
      if (token.equals(Optional.of(drill.token(attempt)))) {
        return tag.equals(Optional.of(drill.id().value()))
            ? Optional.empty()
            : Optional.of("it does not carry the tag of %s".formatted(drill.id()));
      }
    }
    return Optional.of("it was not launched under a token of %s".formatted(drill.id()));
  }

  /**
   * Why a volume is not the drill's; empty: it is.
   *
   * @param snapshot that EC2 created it of
   * @param tag the value of the tag of drills
   */
  public static Optional<String> notTheDrills(
      DrillRow drill, VolumeId volume, Optional<SnapshotId> snapshot, Optional<String> tag) {
    if (!tag.equals(Optional.of(drill.id().value()))) {
      return Optional.of("it does not carry the tag of %s".formatted(drill.id()));
    }
    Map<SnapshotId, VolumeId> recorded = drill.found().volumes();
    boolean ofMember =
        drill.plan().stream()
            .flatMap(plan -> plan.members().stream())
            .anyMatch(member -> snapshot.equals(Optional.of(member.snapshot())));
    // The root is of a snapshot of the image, and on record since the instance ran.
    if (!ofMember && !snapshot.map(recorded::containsKey).orElse(false)) {
      return Optional.of("it is of no snapshot of the set");
    }
    VolumeId expected = recorded.getOrDefault(snapshot.orElseThrow(), volume);
    return expected.equals(volume)
        ? Optional.empty()
        : Optional.of("%s is on record for its snapshot".formatted(expected));
  }
}
