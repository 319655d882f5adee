package dev.freezeframe.lambda;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import dev.freezeframe.consistency.CommandThrottledException;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Pause;
import dev.freezeframe.consistency.PostScriptRun;
import dev.freezeframe.consistency.Script;
import dev.freezeframe.consistency.ScriptFailedException;
import dev.freezeframe.consistency.ScriptOrder;
import dev.freezeframe.consistency.ThawNotProvedException;
import dev.freezeframe.ledger.FreezeRow;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.OutcomeRow;
import dev.freezeframe.ledger.OutcomeRow.Status;
import dev.freezeframe.policy.OneLine;
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

  /** Within the function's ten minutes, with room for one more script and the accounting. */
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);
  private static final String BY = "ThawAbandoned";

  private final Ledger ledger;
  private final Thaw thaw;
  private final SnapshotSets sets;
  private final LostSets lost;
  private final Instances instances;
  private final Clock clock;
  private final Pause pause;

  public ThawAbandonedTask() {
    this(new AwsSurroundings());
  }

  ThawAbandonedTask(Surroundings surroundings) {
    this.instances = new Ec2Instances(surroundings.ec2());
    this.ledger = surroundings.ledger();
    this.thaw = new Thaw(ScriptOrders.runner(surroundings), () -> instances, surroundings.clock());
    this.sets = new Ec2SnapshotSets(surroundings.ec2Once(), surroundings.ec2());
    this.lost = new LostSets(ledger, surroundings.clock());
    this.clock = surroundings.clock();
    this.pause = surroundings.pause();
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
    Ended ended = Ended.of(event.getDetail());
    Instant giveUpAt = clock.instant().plus(PATIENCE);
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
  private List<String> thawAll(Ended ended, Instant giveUpAt) {
    List<String> words = new ArrayList<>();
    for (FreezeRow freeze : frozen(ended)) {
      words.add("attempt %d: %s".formatted(freeze.number(), thaw(freeze, giveUpAt)));
    }
    return words;
  }

  /** A policy that runs no post-script has none to send. */
  private List<FreezeRow> frozen(Ended ended) {
    Input input = ended.input();
    if (!input.policy().freezes()) {
      return List.of();
    }
    return ledger.freezes(input.runId(), input.instanceId()).stream()
        .filter(freeze -> freeze.execution().equals(ended.execution()) && !freeze.thawProved())
        .toList();
  }

  /** The sending is on record before it happens: a verdict must not be given over it. */
  private String thaw(FreezeRow freeze, Instant giveUpAt) {
    Instant sentAt = clock.instant();
    record(freeze, new FreezeRow.Thaw(sentAt, BY, "sent", false));
    ScriptOrder post =
        new ScriptOrder(
            freeze.instance(),
            freeze.document(),
            Script.POST_SCRIPT,
            freeze.attempt(),
            Duration.ofSeconds(freeze.timeoutSeconds()));
    while (true) {
      try {
        PostScriptRun answer = answer(post, freeze);
        record(freeze, new FreezeRow.Thaw(sentAt, BY, answer.words(), true));
        return answer.words();
      } catch (ThawNotProvedException | ScriptFailedException | CommandThrottledException notYet) {
        if (!clock.instant().isBefore(giveUpAt)) {
          throw notYet;
        }
        pause.pause(BETWEEN_TRIES);
      }
    }
  }

  private PostScriptRun answer(ScriptOrder post, FreezeRow freeze) {
    return thaw.confirm(
        post, thaw.send(post, () -> Optional.of(freeze.orderedAt())), freeze.orderedAt(), false);
  }

  private void record(FreezeRow freeze, FreezeRow.Thaw sent) {
    ledger.recordThaw(freeze.run(), freeze.instance(), freeze.attempt(), sent);
  }

  /** An outcome that came meanwhile, by a redrive, stands. */
  private String account(Ended ended) {
    Input input = ended.input();
    String reason = "the execution %s before its end".formatted(ended.how());
    List<SnapshotSet> taken = sets.find(input.runId(), input.instanceId());
    lost.record(
        taken,
        input.instanceId(),
        input.policy(),
        input.runId(),
        ended.execution(),
        reason,
        () -> lifetime(input));
    if (ended.outcome(ledger).isEmpty()) {
      ledger.recordOutcome(outcome(ended, taken, reason));
    }
    return "%d snapshot sets on record; %s".formatted(taken.size(), reason);
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
        Status.FAILED,
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
  record Input(RunId runId, InstanceId instanceId, Policy policy) {
    Input {
      Work.refuseOther(runId, policy);
    }
  }

  /**
   * An execution that ended.
   *
   * @param how in words, such as {@code was aborted}
   */
  record Ended(String execution, String how, Input input) {

    /** What is on record of this very execution. */
    Optional<OutcomeRow> outcome(Ledger ledger) {
      return ledger
          .outcome(input.runId(), input.instanceId())
          .filter(row -> row.execution().equals(execution));
    }

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
                        .formatted(OneLine.of(status, 60)));
          };
      try {
        Input input =
            Json.mapper()
                .readerFor(Input.class)
                .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .readValue(detail.get("input") instanceof String text ? text : "");
        return new Ended(String.valueOf(detail.get("executionArn")), how, input);
      } catch (JsonProcessingException unreadable) {
        throw new IllegalArgumentException(
            "input of the execution %s: expected that of snapshot-instance"
                .formatted(OneLine.of(String.valueOf(detail.get("executionArn")), 200)),
            unreadable);
      }
    }
  }
}
