package dev.freezeframe.lambda;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Pause;
import dev.freezeframe.consistency.PostScriptRun;
import dev.freezeframe.consistency.Script;
import dev.freezeframe.consistency.ScriptOrder;
import dev.freezeframe.ledger.FreezeRow;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.OutcomeRow;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.retention.Lifetime;
import dev.freezeframe.snapshot.Ec2SnapshotSets;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotSets;
import dev.freezeframe.target.Ec2Instances;
import dev.freezeframe.target.InstanceFacts;
import dev.freezeframe.target.InstanceId;
import dev.freezeframe.target.Instances;
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

  private final Ledger ledger;
  private final Thaw thaw;
  private final SnapshotSets sets;
  private final Instances instances;
  private final Clock clock;
  private final Pause pause;

  public ThawAbandonedTask() {
    this(new AwsSurroundings());
  }

  ThawAbandonedTask(Surroundings surroundings) {
    this.instances = new Ec2Instances(surroundings.ec2());
    this.ledger = surroundings.ledger();
    this.thaw = new Thaw(ScriptOrders.runner(surroundings), instances, surroundings.clock());
    this.sets = new Ec2SnapshotSets(surroundings.ec2Once(), surroundings.ec2());
    this.clock = surroundings.clock();
    this.pause = surroundings.pause();
  }

  @Override
  protected List<String> handle(ScheduledEvent event) {
    Ended ended = Ended.of(event.getDetail());
    List<String> words = new ArrayList<>();
    Optional<RuntimeException> failed = Optional.empty();
    for (FreezeRow freeze : ledger.freezes(ended.input().runId(), ended.input().instanceId())) {
      if (!freeze.execution().equals(ended.execution()) || freeze.thawProved()) {
        continue;
      }
      try {
        words.add("attempt %d: %s".formatted(freeze.number(), thaw(freeze)));
      } catch (RuntimeException notProved) {
        failed = Optional.of(notProved);
      }
    }
    words.addAll(account(ended));
    if (failed.isPresent()) {
      throw failed.get();
    }
    return words;
  }

  /** The sending is on record before it happens: a verdict must not be given over it. */
  private String thaw(FreezeRow freeze) {
    Instant sentAt = clock.instant();
    record(freeze, new FreezeRow.Thaw(sentAt, "ThawAbandoned", "sent", false));
    ScriptOrder post =
        new ScriptOrder(
            freeze.instance(),
            freeze.document(),
            Script.POST_SCRIPT,
            freeze.attempt(),
            Duration.ofSeconds(freeze.timeoutSeconds()));
    PostScriptRun answer = thaw.confirm(post, thaw.send(post), freeze.orderedAt(), false);
    record(freeze, new FreezeRow.Thaw(sentAt, "ThawAbandoned", answer.words(), true));
    return answer.words();
  }

  private void record(FreezeRow freeze, FreezeRow.Thaw sent) {
    ledger.recordThaw(freeze.run(), freeze.instance(), freeze.number(), sent);
  }

  /** An execution that came to its end by itself has accounted for everything. */
  private List<String> account(Ended ended) {
    Input input = ended.input();
    Optional<OutcomeRow> outcome = ledger.outcome(input.runId(), input.instanceId());
    if (outcome.isPresent() && outcome.get().execution().equals(ended.execution())) {
      return List.of("its outcome is on record");
    }
    pause.pause(IN_FLIGHT);
    String reason = "the execution %s before its end".formatted(ended.how());
    List<SnapshotSet> taken = sets.find(input.runId(), input.instanceId());
    taken.forEach(set -> recordSet(ended, set, reason));
    ledger.recordOutcome(outcome(ended, taken, reason));
    return List.of("%d snapshot sets on record; %s".formatted(taken.size(), reason));
  }

  private void recordSet(Ended ended, SnapshotSet set, String reason) {
    Input input = ended.input();
    ledger.recordSnapshots(
        SnapshotRows.pending(
            set, input.instanceId(), input.policy().name(), input.runId(), ended.execution()));
    boolean judged =
        ledger.snapshots(set.snapshots()).stream()
            .map(SnapshotRow::consistency)
            .allMatch(Optional::isPresent);
    if (!judged) {
      ledger.recordVerdict(
          set.snapshots(), Consistency.UNKNOWN, reason, lifetime(input).expiry(set.pointInTime()));
    }
  }

  private Lifetime lifetime(Input input) {
    Map<String, String> tags =
        instances.find(input.instanceId()).map(InstanceFacts::tags).orElse(Map.of());
    return Lifetime.of(input.policy().retention(), tags);
  }

  private OutcomeRow outcome(Ended ended, List<SnapshotSet> taken, String reason) {
    return new OutcomeRow(
        ended.input().runId(),
        ended.input().instanceId(),
        ended.execution(),
        OutcomeRow.Status.FAILED,
        taken.isEmpty() ? Optional.empty() : Optional.of(Consistency.UNKNOWN),
        reason,
        taken.stream().map(SnapshotSet::id).reduce((first, second) -> second),
        Optional.empty(),
        Optional.empty(),
        ledger.freezes(ended.input().runId(), ended.input().instanceId()).size(),
        Optional.empty(),
        taken.stream().flatMap(set -> set.snapshots().stream()).toList(),
        clock.instant());
  }

  /** What {@code snapshot-instance} was started with. */
  record Input(RunId runId, InstanceId instanceId, Policy policy) {}

  /**
   * An execution that ended.
   *
   * @param how in words, such as {@code was aborted}
   */
  record Ended(String execution, String how, Input input) {

    static Ended of(Map<String, Object> detail) {
      String status = String.valueOf(detail.get("status"));
      String how =
          switch (status) {
            case "ABORTED" -> "was aborted";
            case "TIMED_OUT" -> "timed out";
            case "FAILED" -> "failed";
            default ->
                throw new IllegalArgumentException(
                    "status of an execution: expected ABORTED, TIMED_OUT or FAILED, found %s"
                        .formatted(status));
          };
      try {
        Input input = Json.mapper().readValue(String.valueOf(detail.get("input")), Input.class);
        return new Ended(String.valueOf(detail.get("executionArn")), how, input);
      } catch (JsonProcessingException unreadable) {
        throw new IllegalArgumentException(
            "input of the execution %s: expected that of snapshot-instance"
                .formatted(detail.get("executionArn")),
            unreadable);
      }
    }
  }
}
