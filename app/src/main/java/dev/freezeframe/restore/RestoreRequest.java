package dev.freezeframe.restore;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What somebody asks to be restored.
 *
 * @param target the instance that gets the volumes, or is restored; empty: none is named
 * @param zone the Availability Zone of the volumes; empty: that of the target, or the recorded one
 * @param initializeMiBps rate at which the volumes are to be initialized, 100..300; empty: EC2's
 *     default, which it does not promise
 * @param waitInitialized whether the restore is over only when they are
 * @param leave volumes of the instance that stay attached although the set has none of them
 * @param accept what else than APPLICATION is good enough to be restored without being told: {@code
 *     UNKNOWN} and {@code CRASH} sets are refused unless they are named here
 * @param withoutTags keys of tags that the copies do not get, besides those that never are copied
 * @param targetTags whether the copies get the tags by which policies choose instances
 * @param name of the new instance; empty: that of the old one and the time of the set
 */
public record RestoreRequest(
    AttemptId set,
    InstanceId instance,
    Destination to,
    Optional<InstanceId> target,
    Optional<String> zone,
    OptionalInt initializeMiBps,
    boolean waitInitialized,
    List<VolumeId> leave,
    List<Consistency> accept,
    SortedSet<String> withoutTags,
    boolean targetTags,
    Optional<String> name) {

  public RestoreRequest {
    leave = leave.stream().sorted().distinct().toList();
    accept = accept.stream().sorted().distinct().toList();
    withoutTags = Collections.unmodifiableSortedSet(new TreeSet<>(withoutTags));
    if (initializeMiBps.isPresent()
        && (initializeMiBps.getAsInt() < 100 || initializeMiBps.getAsInt() > 300)) {
      throw new IllegalArgumentException(
          "initialize is %d MiB/s, expected 100 to 300".formatted(initializeMiBps.getAsInt()));
    }
  }
}
