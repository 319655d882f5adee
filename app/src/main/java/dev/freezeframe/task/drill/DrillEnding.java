package dev.freezeframe.task.drill;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.drill.DrillLeftovers;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillTags;
import dev.freezeframe.drill.ec2.DrillInstances;
import dev.freezeframe.restore.ec2.VolumeView;
import dev.freezeframe.restore.ec2.Volumes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes away what a drill has created: its instance, with which its volumes go, and what is left of
 * those. A look and a step at a time.
 */
final class DrillEnding {
  static final Duration LOOK = Duration.ofSeconds(10);

  /** EC2 shows by then what a call launched whose answer was lost. */
  private static final Duration SHOWN = Duration.ofSeconds(90);

  private final DrillInstances ec2;
  private final Volumes volumes;
  private final Clock clock;

  DrillEnding(DrillInstances ec2, Volumes volumes, Clock clock) {
    this.ec2 = ec2;
    this.volumes = volumes;
    this.clock = clock;
  }

  /**
   * How far it is.
   *
   * @param done whether nothing more can be done
   * @param left what stays, and why
   */
  record Progress(boolean done, String words, List<String> left) {

    private static Progress waits(String words) {
      return new Progress(false, words, List.of());
    }
  }

  /**
   * What is known of an instance that runs no more though nobody of ours has ended it: a person
   * did, or its guest, or EC2. Its document says nothing of the set then.
   */
  Optional<String> endedBefore(DrillRow row) {
    if (row.found().instance().isEmpty()) {
      return Optional.empty();
    }
    return ec2.launched(row.token(row.found().attempt()))
        .filter(view -> view.ended() || view.state().startsWith("stop"))
        .map(
            view ->
                "%s was %s before the drill was over: %s (%s)"
                    .formatted(
                        view.id(),
                        view.state(),
                        view.words().orElse("EC2 gives no reason"),
                        view.code().orElse("no code")));
  }

  /** Looks, and does what follows; nothing that is not provably the drill's is touched. */
  Progress step(DrillRow row) {
    if (row.at(DrillStage.LAUNCHING).isEmpty()) {
      return new Progress(true, "nothing was launched", List.of());
    }
    List<String> left = new ArrayList<>();
    for (int attempt = 1; attempt <= row.found().attempt(); attempt++) {
      Optional<Progress> open = instance(row, attempt, left);
      if (open.isPresent()) {
        return open.get();
      }
    }
    return volumes(row, left);
  }

  /** Empty: it is there no more, or it stays, which is said. */
  private Optional<Progress> instance(DrillRow row, int attempt, List<String> left) {
    Optional<DrillInstances.View> launched = ec2.launched(row.token(attempt));
    if (launched.isEmpty()) {
      Instant shown = row.at(DrillStage.ENDING).orElse(row.startedAt()).plus(SHOWN);
      return clock.instant().isBefore(shown)
          ? Optional.of(Progress.waits("EC2 may yet show an instance of " + row.token(attempt)))
          : Optional.empty();
    }
    DrillInstances.View view = launched.get();
    if (view.gone()) {
      return Optional.empty();
    }
    Optional<String> foreign = DrillLeftovers.notTheDrills(row, view.token(), view.drill());
    if (foreign.isPresent()) {
      left.add("%s is %s: %s".formatted(view.id(), view.state(), foreign.get()));
      return Optional.empty();
    }
    if (!view.ended()) {
      ec2.terminate(view.id());
    }
    return Optional.of(Progress.waits("%s is terminated".formatted(view.id())));
  }

  private Progress volumes(DrillRow row, List<String> left) {
    Map<VolumeId, VolumeView> found = new TreeMap<>();
    volumes.tagged(DrillTags.DRILL, row.id().value()).forEach(view -> found.put(view.id(), view));
    found.putAll(
        volumes.find(
            row.found().volumes().values().stream().filter(id -> !found.containsKey(id)).toList()));
    boolean stays = !left.isEmpty();
    List<String> waits = new ArrayList<>();
    for (VolumeView volume : found.values()) {
      // What is attached to an instance that stays, stays with it.
      if (!volume.ended() && !(stays && isOn(row, volume))) {
        volume(row, volume, left, waits);
      }
    }
    return waits.isEmpty()
        ? new Progress(
            true, left.isEmpty() ? "nothing of it is left" : String.join("; ", left), left)
        : Progress.waits(waits.get(0));
  }

  private static boolean isOn(DrillRow row, VolumeView volume) {
    return row.found().instance().flatMap(volume::on).isPresent();
  }

  private void volume(DrillRow row, VolumeView volume, List<String> left, List<String> waits) {
    Optional<String> foreign =
        DrillLeftovers.notTheDrills(
            row,
            volume.id(),
            volume.snapshot(),
            Optional.ofNullable(volume.tags().get(DrillTags.DRILL)));
    if (foreign.isPresent()) {
      // What only carries the tag was never the drill's, and is nothing that it has left.
      if (row.found().volumes().containsValue(volume.id())) {
        left.add("%s is %s: %s".formatted(volume.id(), volume.state(), foreign.get()));
      }
      return;
    }
    if (volume.available() || volume.state().equals("error")) {
      volumes.delete(volume.id());
      waits.add("%s is deleted".formatted(volume.id()));
      return;
    }
    Optional<VolumeView.Attachment> elsewhere =
        volume.attachments().stream()
            .filter(on -> !row.found().instance().equals(Optional.of(on.instance())))
            .findFirst();
    if (elsewhere.isPresent()) {
      left.add("%s is attached to %s".formatted(volume.id(), elsewhere.get().instance()));
    } else {
      waits.add("%s is %s".formatted(volume.id(), volume.state()));
    }
  }
}
