package dev.freezeframe.rehearsal.simulation.invariant.restore;

import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/**
 * What was there before a restore is there after it: of the same size and type, and where it is
 * attached as before, it goes with its instance or not, as before.
 */
public final class OldVolumesStay implements Invariant {

  @Override
  public String name() {
    return "old volumes stay";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    List<String> broken = new ArrayList<>(finalState.watch().restores().touched());
    Map<String, Volume> now =
        finalState.cloud().ec2().volumes().stream()
            .collect(Collectors.toMap(Volume::volumeId, Function.identity()));
    for (Volume before : finalState.watch().restores().old().values()) {
      if (before.attachments().stream()
          .anyMatch(on -> !finalState.cloud().ec2().exists(on.instanceId()))) {
        continue; // it may have gone with its instance
      }
      Optional<Volume> after = Optional.ofNullable(now.get(before.volumeId()));
      if (after.isEmpty()) {
        broken.add("expected %s to be there, found none".formatted(before.volumeId()));
      } else if (!settings(before).equals(settings(after.get()))) {
        broken.add(
            "expected %s to be %s, found %s"
                .formatted(before.volumeId(), settings(before), settings(after.get())));
      } else if (finalState.trail().stillAttached(before.volumeId(), finalState.end())) {
        flag(before, after.get()).ifPresent(broken::add);
      }
    }
    return broken;
  }

  private static List<?> settings(Volume volume) {
    return List.of(
        volume.size(),
        volume.volumeTypeAsString(),
        Optional.ofNullable(volume.iops()),
        Optional.ofNullable(volume.throughput()));
  }

  private static Optional<String> flag(Volume before, Volume after) {
    return after.attachments().stream()
        .flatMap(
            on ->
                before.attachments().stream()
                    .filter(was -> was.instanceId().equals(on.instanceId()))
                    .filter(was -> !goes(was).equals(goes(on))))
        .findFirst()
        .map(
            was ->
                "expected DeleteOnTermination of %s to be %s again, found another"
                    .formatted(before.volumeId(), goes(was)));
  }

  private static Boolean goes(VolumeAttachment on) {
    return Boolean.TRUE.equals(on.deleteOnTermination());
  }
}
