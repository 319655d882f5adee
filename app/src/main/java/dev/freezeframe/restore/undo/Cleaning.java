package dev.freezeframe.restore.undo;

import dev.freezeframe.common.RateLimiter;
import dev.freezeframe.common.Sleeper;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreLedger;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoredVolume;
import dev.freezeframe.restore.ec2.Launches;
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
 * Takes away what a restore created: the instance that it launched, the image for it, and its
 * volumes. A look and a step at a time.
 */
public final class Cleaning {
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** EC2 shows by then what a call created whose answer was lost. */
  private static final Duration SHOWN = Duration.ofSeconds(90);

  /** DeleteVolume has 5 calls a second of the account. */
  private static final double PER_SECOND = 2;

  private final RestoreLedger ledger;
  private final Volumes volumes;
  private final Launches launches;
  private final Clock clock;
  private final RateLimiter pace;

  public Cleaning(
      RestoreLedger ledger, Volumes volumes, Launches launches, Clock clock, Sleeper pause) {
    this.ledger = ledger;
    this.volumes = volumes;
    this.launches = launches;
    this.clock = clock;
    this.pace = new RateLimiter(clock, pause, PER_SECOND);
  }

  /**
   * Looks, and does what follows.
   *
   * @param undoing whether the restore is being undone: what its target ran with is kept then, as
   *     somebody may have written to it
   */
  public UndoProgress step(RestoreRow row, RestorePlan plan, boolean undoing) {
    if (plan.request().to() == Destination.NEW) {
      Optional<UndoProgress> waits = launch(row);
      if (waits.isPresent()) {
        return waits.get();
      }
    }
    if (undoing && ranWith(row, plan)) {
      return UndoProgress.done(
          "its volumes are kept, since %s ran with them; clean deletes them"
              .formatted(plan.target().orElseThrow()));
    }
    return volumes(row);
  }

  /** An instance that was stopped before may have been started by anybody since. */
  private static boolean ranWith(RestoreRow row, RestorePlan plan) {
    return plan.request().to().disturbsInstance()
        && row.at(plan.running() ? Stage.RUNNING : Stage.ATTACHED).isPresent();
  }

  /** Empty: neither its instance nor its image is there. */
  private Optional<UndoProgress> launch(RestoreRow row) {
    Optional<Launches.LaunchView> launched = launches.launched(row.id());
    if (launched.isPresent() && !launched.get().state().equals("terminated")) {
      if (!launched.get().ended()) {
        launches.terminate(launched.get().id());
      }
      return Optional.of(
          UndoProgress.waiting(LOOK, "%s is terminated".formatted(launched.get().id())));
    }
    Optional<Launches.ImageView> image = launches.image(row.id());
    if (image.isPresent()) {
      launches.deregister(image.get().id());
      return Optional.of(
          UndoProgress.waiting(LOOK, "%s is deregistered".formatted(image.get().id())));
    }
    if (row.image().isPresent()) {
      ledger.recordImage(row.id(), Optional.empty());
    }
    return Optional.empty();
  }

  private UndoProgress volumes(RestoreRow row) {
    List<RestoredVolume> rows = ledger.restoredVolumes(row.id());
    Map<VolumeId, VolumeView> found = new TreeMap<>();
    volumes.of(row.id()).forEach(view -> found.put(view.id(), view));
    found.putAll(
        volumes.find(
            rows.stream()
                .flatMap(one -> one.volume().stream())
                .filter(id -> !found.containsKey(id))
                .toList()));
    List<String> left = new ArrayList<>();
    List<String> waits = new ArrayList<>();
    int deleted = 0;
    for (VolumeView volume : found.values()) {
      Leftovers.Decided decided = Leftovers.on(volume, row.id(), rows);
      decided
          .row()
          .filter(one -> one.volume().isEmpty())
          .ifPresent(one -> ledger.recordCreated(row.id(), one.creation().snapshot(), volume.id()));
      switch (decided.action()) {
        case DELETE -> {
          pace.await();
          volumes.delete(volume.id());
          waits.add("%s is deleted".formatted(volume.id()));
          deleted++;
        }
        case WAIT -> waits.add(decided.words());
        case KEEP -> left.add(decided.words());
        case GONE -> {}
      }
    }
    waits.addAll(unanswered(row, rows, found));
    if (!waits.isEmpty()) {
      return UndoProgress.waiting(
          LOOK, deleted > 0 ? "%d volumes are deleted".formatted(deleted) : waits.get(0));
    }
    recordGone(row, rows, found);
    return new UndoProgress(
        true,
        Duration.ZERO,
        left.isEmpty() ? "nothing of it is left" : String.join("; ", left),
        left);
  }

  /** Volumes of which nobody knows yet whether EC2 created them. */
  private List<String> unanswered(
      RestoreRow row, List<RestoredVolume> rows, Map<VolumeId, VolumeView> found) {
    Instant shown = row.at(Stage.UNDOING).orElse(row.startedAt()).plus(SHOWN);
    if (!clock.instant().isBefore(shown)) {
      return List.of();
    }
    return rows.stream()
        .filter(one -> one.volume().isEmpty())
        .filter(one -> found.values().stream().noneMatch(view -> Leftovers.isOf(one, view)))
        .limit(1)
        .map(one -> "EC2 may yet show a volume of %s".formatted(one.creation().snapshot()))
        .toList();
  }

  private void recordGone(
      RestoreRow row, List<RestoredVolume> rows, Map<VolumeId, VolumeView> found) {
    for (RestoredVolume one : rows) {
      boolean there =
          found.values().stream().anyMatch(view -> !view.ended() && Leftovers.isOf(one, view));
      if (!there && one.gone().isEmpty()) {
        ledger.recordGone(
            row.id(),
            one.creation().snapshot(),
            one.volume().isPresent() ? "deleted" : "never created");
      }
    }
  }
}
