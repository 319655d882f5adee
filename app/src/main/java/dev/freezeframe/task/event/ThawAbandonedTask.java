package dev.freezeframe.task.event;

import dev.freezeframe.consistency.script.ScriptFailedException;
import dev.freezeframe.consistency.script.ThawNotProvedException;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.slot.SlotHolder;
import dev.freezeframe.stop.Ec2InstancePower;
import dev.freezeframe.stop.InstanceStart;
import dev.freezeframe.stop.StartFailedException;
import dev.freezeframe.stop.StopRow;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.script.RecordedThaw;
import dev.freezeframe.task.script.ScriptOrders;
import dev.freezeframe.task.script.Thaw;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The safety net under {@code snapshot-instance}: thaws the guest of an execution that was aborted,
 * timed out or failed, or starts the instance that it stopped. Does each once; the state machine
 * {@code thaw-abandoned} tries again.
 */
public final class ThawAbandonedTask extends EndedBackupTask<ThawAbandonedTask.Thawed> {
  /**
   * A CreateSnapshots that was under way when the execution ended has ended, and shows, by then.
   */
  private static final Duration IN_FLIGHT = Duration.ofSeconds(60);

  private static final String SENDER = "ThawAbandoned";

  private final Ledger ledger;
  private final RecordedThaw recorded;
  private final InstanceStart start;
  private final Clock clock;

  /**
   * That the guest is thawed, or runs again.
   *
   * @param accounted whether nothing is left to put on record
   * @param words for each attempt, what its guest answered
   */
  record Thawed(boolean accounted, List<String> words) {}

  public ThawAbandonedTask() {
    this(new AwsDependencies());
  }

  public ThawAbandonedTask(TaskDependencies dependencies) {
    this.ledger = dependencies.ledger();
    this.recorded =
        new RecordedThaw(
            new Thaw(
                ScriptOrders.runner(dependencies),
                () -> new Ec2Instances(dependencies.ec2()),
                dependencies.clock()),
            ledger,
            dependencies.measurements(),
            dependencies.clock(),
            SENDER);
    this.start =
        new InstanceStart(
            new Ec2InstancePower(dependencies.ec2(), dependencies.ec2WithoutRetries()),
            ledger,
            dependencies.measurements(),
            dependencies.clock(),
            dependencies.pause(),
            SENDER);
    this.clock = dependencies.clock();
  }

  @Override
  protected Thawed leftAlone(String why) {
    return new Thawed(true, List.of("left alone: " + why));
  }

  /**
   * What was asked longest ago comes first, so that an attempt that is never answered keeps no
   * other waiting through all tries.
   *
   * @throws ThawNotProvedException if the guest gave no answer
   * @throws ScriptFailedException if it answered that it could not
   * @throws StartFailedException if an instance that was stopped does not run again yet
   * @throws RuntimeException if a post-script was not sent
   */
  @Override
  Thawed handle(EndedBackup ended) {
    List<FreezeRow> freezes =
        ledger.freezes(ended.run(), ended.instance()).stream()
            .filter(freeze -> freeze.execution().equals(ended.execution()))
            .toList();
    if (freezes.stream().noneMatch(freeze -> isOfALaterRedrive(ended, freeze))) {
      ledger.lapseSlots(
          new SlotHolder(ended.instance(), ended.execution()), clock.instant().plus(IN_FLIGHT));
    }
    List<String> words = new ArrayList<>(started(ended));
    for (FreezeRow freeze : frozen(ended, freezes)) {
      words.add(
          "attempt %d: %s"
              .formatted(freeze.number(), recorded.send(freeze, recorded.begin(freeze)).words()));
    }
    boolean accounted =
        ended
            .outcome(ledger)
            .map(OutcomeRow::status)
            .filter(status -> status != Status.FAILED)
            .isPresent();
    if (accounted) {
      words.add("its outcome is on record");
    }
    return new Thawed(accounted, words);
  }

  /**
   * What the execution had stopped by its end, started again. Nothing is asked for a policy that
   * stops nothing.
   */
  private List<String> started(EndedBackup ended) {
    if (ended.policy().flatMap(Policy::stop).isEmpty()) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    for (StopRow stop : ledger.stops(ended.run(), ended.instance())) {
      if (stop.execution().equals(ended.execution())
          && stop.redrives() <= ended.redrives()
          && stop.open()) {
        InstanceStart.Progress progress = start.step(stop, false);
        if (!progress.ended()) {
          throw new StartFailedException(
              "%s does not run again yet: %s".formatted(stop.instance(), progress.words()));
        }
        words.add(progress.words());
      }
    }
    return words;
  }

  /** Its slots are those of the redrive, which may freeze with them by now. */
  private static boolean isOfALaterRedrive(EndedBackup ended, FreezeRow freeze) {
    return freeze.redrives() > ended.redrives();
  }

  /**
   * What the execution had ordered by its end and nothing proves to be thawed. What it orders since
   * a redrive is its own to thaw; and a pre-script without a post-script holds nothing.
   */
  private static List<FreezeRow> frozen(EndedBackup ended, List<FreezeRow> freezes) {
    return freezes.stream()
        .filter(freeze -> !isOfALaterRedrive(ended, freeze))
        .filter(freeze -> freeze.thawFollows() && !freeze.thawProved())
        .sorted(RecordedThaw.LONGEST_ASKED_FIRST)
        .toList();
  }
}
