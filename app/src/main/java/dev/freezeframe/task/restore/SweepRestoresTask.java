package dev.freezeframe.task.restore;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreLostException;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.restore.ec2.Ec2Launches;
import dev.freezeframe.restore.ec2.Ec2Volumes;
import dev.freezeframe.restore.ec2.Launches;
import dev.freezeframe.restore.ec2.Volumes;
import dev.freezeframe.restore.undo.Cleaning;
import dev.freezeframe.restore.undo.TargetUndo;
import dev.freezeframe.restore.undo.UndoProgress;
import dev.freezeframe.stop.Ec2InstancePower;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The last net under every restore: undoes those that have not ended and whose leases nobody
 * extends, so that nobody is at work on them, and those whose undo could not be finished, until it
 * is. A step of each at a time; the schedule goes on.
 */
public final class SweepRestoresTask extends JsonTask<SweepRestoresTask.Order, List<String>> {
  /** An execution ends by itself before; an undo that is tried again is found by its last try. */
  private static final Duration LOOK_BACK = Duration.ofDays(5);

  /** Longer than the time to the next invocation. */
  private static final Duration LEASE = Duration.ofMinutes(10);

  /** Who goes on with a restore extends its leases before they get so short. */
  private static final Duration ABANDONED = Duration.ofMinutes(6);

  /** Who undoes one extends them at each look, which come every five minutes at least. */
  private static final Duration NOT_UNDONE = Duration.ofMinutes(15);

  private final Ledger ledger;
  private final TargetUndo undo;
  private final Cleaning cleaning;
  private final Clock clock;

  /** The input, of which nothing is needed. */
  record Order() {}

  public SweepRestoresTask() {
    this(new AwsDependencies());
  }

  public SweepRestoresTask(TaskDependencies dependencies) {
    super(Order.class);
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
    Volumes volumes = new Ec2Volumes(dependencies.ec2());
    Launches launches = new Ec2Launches(dependencies.ec2());
    this.undo =
        new TargetUndo(
            ledger,
            volumes,
            launches,
            new Ec2InstancePower(dependencies.ec2()),
            clock,
            dependencies.pause());
    this.cleaning = new Cleaning(ledger, volumes, launches, clock, dependencies.pause());
  }

  /**
   * Looks at each once; one that cannot be undone keeps no other waiting.
   *
   * @throws RestoreFailedException if one could not be undone, or is not undone yet though it was
   *     tried before: as long as one stands, somebody is told
   */
  @Override
  protected List<String> handle(Order nothing) {
    Instant now = clock.instant();
    // Two that come at once are told apart: the second waits for the first.
    String who = "SweepRestores " + UUID.randomUUID();
    List<String> words = new ArrayList<>();
    Optional<RuntimeException> failed = Optional.empty();
    for (RestoreRow row : ledger.restores(now.minus(LOOK_BACK))) {
      if (!row.open() || isHeld(row, now)) {
        continue;
      }
      try {
        words.add("%s: %s".formatted(row.id(), step(row, now, who)));
      } catch (RuntimeException notUndone) {
        failed = Optional.of(notUndone);
        words.add("%s: %s".formatted(row.id(), notUndone.getMessage()));
      }
    }
    if (failed.isPresent()) {
      throw new RestoreFailedException(String.join("; ", words), failed.get());
    }
    return words;
  }

  /** Acts before the leases have lapsed, so that no backup of the instance begins in between. */
  private boolean isHeld(RestoreRow row, Instant now) {
    if (row.notUndone()) {
      return false;
    }
    Instant soon = now.plus(row.undoing() ? NOT_UNDONE : ABANDONED);
    return ledger.leasedUntil(row).filter(soon::isBefore).isPresent();
  }

  private String step(RestoreRow abandoned, Instant now, String who) {
    if (RestoreUndoing.completed(ledger, abandoned, now)) {
      return "all of it was done";
    }
    Duration lease = abandoned.notUndone() ? OpenRestore.LEASE : LEASE;
    RestoreRow row = ledger.beginUndo(abandoned.id(), now, now.plus(lease)).orElseThrow();
    if (!RestoreUndoing.late(row, false, now).isZero()) {
      return "it is undone from the next look on";
    }
    String why = RestoreUndoing.why(abandoned);
    try {
      UndoProgress progress = progress(row, who);
      if (progress.done()) {
        ledger.recordRestoreEnded(
            row.id(),
            progress.left().isEmpty() ? Status.UNDONE : Status.FAILED,
            "%s; %s".formatted(why, progress.words()),
            clock.instant());
      } else if (row.notUndone()) {
        throw new RestoreFailedException(progress.words());
      }
      return progress.words();
    } catch (RestoreLostException lost) {
      ledger.recordRestoreEnded(
          row.id(),
          Status.FAILED,
          "%s; it cannot be undone: %s".formatted(why, lost.getMessage()),
          clock.instant());
      throw lost;
    } catch (RuntimeException stands) {
      // Whatever it is: by its time on record the next runs find it, for as long as it stands.
      ledger.recordNotUndone(
          row.id(), RestoreUndoing.notUndone(why, stands.getMessage()), clock.instant());
      throw stands;
    }
  }

  private UndoProgress progress(RestoreRow row, String who) {
    RestorePlan plan = RestoreUndoing.plan(ledger, row);
    UndoProgress progress = undo.step(row, plan, who);
    if (progress.done()) {
      progress = cleaning.step(row, plan, true);
    }
    RestoreUndoing.answer(row, progress, clock.instant());
    return progress;
  }
}
