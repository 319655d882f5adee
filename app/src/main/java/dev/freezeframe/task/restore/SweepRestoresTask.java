package dev.freezeframe.task.restore;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.restore.RestoreFailedException;
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

/**
 * The last net under every restore: undoes those that have not ended and whose leases nobody
 * extends, so that nobody is at work on them. A step of each at a time; the schedule goes on.
 */
public final class SweepRestoresTask extends JsonTask<SweepRestoresTask.Order, List<String>> {
  /** An execution ends by itself before. */
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
   * @throws RestoreFailedException if one could not be undone
   */
  @Override
  protected List<String> handle(Order nothing) {
    Instant now = clock.instant();
    List<String> words = new ArrayList<>();
    Optional<RuntimeException> failed = Optional.empty();
    for (RestoreRow row : ledger.restores(now.minus(LOOK_BACK))) {
      if (!row.open() || isHeld(row, now)) {
        continue;
      }
      try {
        words.add("%s: %s".formatted(row.id(), step(row, now)));
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
    Instant soon = now.plus(row.undoing() ? NOT_UNDONE : ABANDONED);
    return ledger.leasedUntil(row).filter(soon::isBefore).isPresent();
  }

  private String step(RestoreRow abandoned, Instant now) {
    if (RestoreUndoing.completed(ledger, abandoned, now)) {
      return "all of it was done";
    }
    RestoreRow row = ledger.beginUndo(abandoned.id(), now, now.plus(LEASE)).orElseThrow();
    if (!RestoreUndoing.late(row, false, now).isZero()) {
      return "it is undone from the next look on";
    }
    RestorePlan plan = RestoreUndoing.plan(ledger, row);
    UndoProgress progress;
    try {
      progress = undo.step(row, plan);
      if (progress.done()) {
        progress = cleaning.step(row, plan, true);
      }
    } catch (RestoreFailedException stuck) {
      ledger.recordRestoreEnded(
          row.id(),
          Status.FAILED,
          "its execution broke off; it is not undone: %s".formatted(stuck.getMessage()),
          clock.instant());
      throw stuck;
    }
    if (progress.done()) {
      ledger.recordRestoreEnded(
          row.id(),
          progress.left().isEmpty() ? Status.UNDONE : Status.FAILED,
          "its execution broke off; %s".formatted(progress.words()),
          clock.instant());
    }
    return progress.words();
  }
}
