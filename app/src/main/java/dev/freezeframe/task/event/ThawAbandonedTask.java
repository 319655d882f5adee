package dev.freezeframe.task.event;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Sleeper;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.script.CommandThrottledException;
import dev.freezeframe.consistency.script.ScriptFailedException;
import dev.freezeframe.consistency.script.ThawNotProvedException;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.inventory.Instances;
import dev.freezeframe.ledger.FreezeRow;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.OutcomeRow;
import dev.freezeframe.ledger.OutcomeRow.Status;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.retention.rule.Lifetime;
import dev.freezeframe.snapshot.Ec2SnapshotSets;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotSets;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.EventTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.backup.OrphanedSets;
import dev.freezeframe.task.script.RecordedThaw;
import dev.freezeframe.task.script.ScriptOrders;
import dev.freezeframe.task.script.Thaw;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The safety net under {@code snapshot-instance}: when an execution was aborted, timed out or
 * failed, its guest is thawed and what it took is put on record.
 */
public final class ThawAbandonedTask extends EventTask<List<String>> {
  /**
   * A CreateSnapshots that was under way when the execution ended has ended, and shows, by then.
   */
  private static final Duration IN_FLIGHT = Duration.ofSeconds(60);

  /** Within the function's ten minutes, with room for one more script and the accounting. */
  private static final Duration RETRY_WINDOW = Duration.ofMinutes(6);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);
  private static final String SENDER = "ThawAbandoned";

  private final Ledger ledger;
  private final RecordedThaw recorded;
  private final SnapshotSets sets;
  private final OrphanedSets lost;
  private final Instances instances;
  private final Clock clock;
  private final Sleeper pause;

  public ThawAbandonedTask() {
    this(new AwsDependencies());
  }

  public ThawAbandonedTask(TaskDependencies dependencies) {
    this.instances = new Ec2Instances(dependencies.ec2());
    this.ledger = dependencies.ledger();
    this.recorded =
        new RecordedThaw(
            new Thaw(ScriptOrders.runner(dependencies), () -> instances, dependencies.clock()),
            ledger,
            dependencies.measurements(),
            dependencies.clock(),
            SENDER);
    this.sets = new Ec2SnapshotSets(dependencies.ec2WithoutRetries(), dependencies.ec2());
    this.lost = new OrphanedSets(ledger, dependencies.clock());
    this.clock = dependencies.clock();
    this.pause = dependencies.pause();
  }

  @Override
  protected List<String> leftAlone(String why) {
    return List.of("left alone: " + why);
  }

  @Override
  protected List<String> handle(ScheduledEvent event) {
    if (!"aws.states".equals(event.getSource()) || event.getDetail() == null) {
      return leftAlone("an event of %s, expected aws.states".formatted(word(event.getSource())));
    }
    Optional<EndedBackup> found = EndedBackup.of(event.getDetail());
    if (found.isEmpty()) {
      return leftAlone("its input names no run and instance, so it has ordered nothing");
    }
    EndedBackup ended = found.get();
    ledger.lapseSlots(ended.execution(), clock.instant().plus(IN_FLIGHT));
    Instant giveUpAt = clock.instant().plus(RETRY_WINDOW);
    List<String> words = new ArrayList<>();
    words.addAll(thawAll(ended, giveUpAt));
    Optional<OutcomeRow> outcome = ended.outcome(ledger);
    if (outcome.map(OutcomeRow::status).filter(status -> status != Status.FAILED).isPresent()) {
      words.add("its outcome is on record");
      return words;
    }
    pause.pause(IN_FLIGHT);
    words.addAll(thawAll(ended, giveUpAt));
    words.add(account(ended));
    return words;
  }

  /**
   * Thaws what the execution may have frozen. It is Lambda that would try again otherwise, twice,
   * within minutes; a guest that can't be reached may need longer.
   */
  private List<String> thawAll(EndedBackup ended, Instant giveUpAt) {
    List<String> words = new ArrayList<>();
    for (FreezeRow freeze : frozen(ended)) {
      words.add("attempt %d: %s".formatted(freeze.number(), thaw(freeze, giveUpAt)));
    }
    return words;
  }

  /**
   * What the execution had ordered by its end and nothing proves to be thawed. What it orders since
   * a redrive is its own to thaw; and a pre-script without a post-script holds nothing.
   */
  private List<FreezeRow> frozen(EndedBackup ended) {
    return ledger.freezes(ended.run(), ended.instance()).stream()
        .filter(freeze -> freeze.execution().equals(ended.execution()))
        .filter(freeze -> freeze.redrives() <= ended.redrives())
        .filter(freeze -> freeze.thawFollows() && !freeze.thawProved())
        .toList();
  }

  private String thaw(FreezeRow freeze, Instant giveUpAt) {
    Instant begun = recorded.begin(freeze);
    while (true) {
      try {
        return recorded.send(freeze, begun).words();
      } catch (ThawNotProvedException | ScriptFailedException | CommandThrottledException notYet) {
        if (!clock.instant().isBefore(giveUpAt)) {
          throw notYet;
        }
        pause.pause(BETWEEN_TRIES);
      }
    }
  }

  /** An outcome that came meanwhile, by a redrive, stands. */
  private String account(EndedBackup ended) {
    List<FreezeRow> freezes = ledger.freezes(ended.run(), ended.instance());
    List<SnapshotSet> taken =
        sets.find(ended.run(), ended.instance()).stream()
            .filter(
                set -> freezes.stream().noneMatch(freeze -> isOfALaterRedrive(ended, freeze, set)))
            .toList();
    String reason = ended.reason();
    ended
        .policy()
        .ifPresent(
            policy ->
                lost.record(
                    taken,
                    ended.instance(),
                    policy,
                    ended.run(),
                    ended.execution(),
                    reason,
                    () -> lifetime(ended.instance(), policy)));
    if (ended.outcome(ledger).isEmpty()) {
      ledger.recordOutcome(outcome(ended, taken, freezes, reason));
    }
    return "%d snapshot sets on record; %s".formatted(taken.size(), reason);
  }

  private static boolean isOfALaterRedrive(EndedBackup ended, FreezeRow freeze, SnapshotSet set) {
    return freeze.attempt().equals(set.id())
        && freeze.execution().equals(ended.execution())
        && freeze.redrives() > ended.redrives();
  }

  private Lifetime lifetime(InstanceId instance, Policy policy) {
    Map<String, String> tags = instances.find(instance).map(InstanceFacts::tags).orElse(Map.of());
    return Lifetime.of(policy.retention(), tags);
  }

  private OutcomeRow outcome(
      EndedBackup ended, List<SnapshotSet> taken, List<FreezeRow> freezes, String reason) {
    return new OutcomeRow(
        ended.run(),
        ended.instance(),
        ended.execution(),
        Status.FAILED,
        taken.isEmpty() ? Optional.empty() : Optional.of(Consistency.UNKNOWN),
        Optional.empty(),
        reason,
        taken.stream().map(SnapshotSet::id).reduce((first, second) -> second),
        Optional.empty(),
        Optional.empty(),
        freezes.size(),
        Optional.empty(),
        taken.stream().flatMap(set -> set.snapshots().stream()).toList(),
        clock.instant());
  }
}
