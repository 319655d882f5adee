package dev.freezeframe.task.script;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.PreScriptRun;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.script.ScriptOrder;
import dev.freezeframe.consistency.script.ThawNotProvedException;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import dev.freezeframe.task.backup.BackupInput;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Thaws a guest, and puts on record that it is thawed.
 *
 * <p>It thaws the attempt that is under way; after a redrive also every attempt of the execution
 * whose thaw nothing proves yet.
 */
public final class RunPostScriptTask extends JsonTask<BackupInput, PostScriptRun> {
  private static final String SENDER = "RunPostScript";

  private final Thaw thaw;
  private final RecordedThaw recorded;
  private final Ledger ledger;
  private final Measurements measurements;
  private final Clock clock;

  public RunPostScriptTask() {
    this(new AwsDependencies());
  }

  public RunPostScriptTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.thaw =
        new Thaw(
            ScriptOrders.runner(dependencies),
            // EC2 is asked only about a guest that is gone, which nobody waits for frozen.
            () -> new Ec2Instances(dependencies.ec2()),
            dependencies.clock());
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
    this.measurements = dependencies.measurements();
    this.recorded = new RecordedThaw(thaw, ledger, measurements, clock, SENDER);
  }

  @Override
  protected String explain(PostScriptRun run) {
    return "%s: %s".formatted(run.answer(), run.words());
  }

  @Override
  protected PostScriptRun handle(BackupInput order) {
    return order.unproved() ? thawUnproved(order) : thaw(order);
  }

  /**
   * What was asked longest ago comes first, so that an attempt that is never answered keeps no
   * other waiting through all tries.
   *
   * @return the answer for the attempt of the set, else the last one
   */
  private PostScriptRun thawUnproved(BackupInput order) {
    List<FreezeRow> unproved =
        ledger.freezes(order.work().runId(), order.instanceId()).stream()
            .filter(freeze -> freeze.execution().equals(order.execution()))
            .filter(freeze -> !freeze.thawProved())
            .sorted(RecordedThaw.LONGEST_ASKED_FIRST)
            .toList();
    List<PostScriptRun> answers = new ArrayList<>();
    for (FreezeRow freeze : unproved) {
      PostScriptRun answer = recorded.send(freeze, recorded.begin(freeze));
      measure(order, answer);
      answers.add(answer);
    }
    Optional<AttemptId> set = order.work().set().map(TaskResult::answer).map(SnapshotSet::id);
    return answers.stream()
        .filter(answer -> set.equals(Optional.of(answer.attempt())))
        .findFirst()
        .or(() -> answers.stream().reduce((first, second) -> second))
        .orElseGet(() -> proved(order));
  }

  private PostScriptRun proved(BackupInput order) {
    return PostScriptRun.notNeeded(
        order.attemptId(), clock.instant(), "not sent: every thaw is proved");
  }

  private PostScriptRun thaw(BackupInput order) {
    ScriptOrder post = ScriptOrders.of(order, Script.POST_SCRIPT);
    Instant sentAt = firstSendingAt(order);
    if (!order.work().inspected().preScript()) {
      return thaw.send(post, Optional::empty).sentFrom(sentAt);
    }
    PostScriptRun sent;
    try {
      sent = thaw.send(post, () -> orderedAt(order, post));
    } catch (RuntimeException notProved) {
      recorded.failed(order.work().runId(), post, sentAt, sentAt, notProved);
      throw notProved;
    }
    try {
      PostScriptRun answer = confirmed(order, post, sent).sentFrom(sentAt);
      if (!isOnRecord(order, post, sent)) {
        measure(order, answer);
      }
      record(order, post, new FreezeRow.Thaw(sentAt, SENDER, answer.words(), true));
      return answer;
    } catch (ThawNotProvedException mayStillFreeze) {
      record(order, post, new FreezeRow.Thaw(sentAt, SENDER, mayStillFreeze.getMessage(), false));
      throw mayStillFreeze;
    }
  }

  /** Whether a try before this one has put the proof on record, and measured the freeze. */
  private boolean isOnRecord(BackupInput order, ScriptOrder post, PostScriptRun sent) {
    return sent.answer() == PostScriptRun.Answer.NOT_FROZEN
        && freeze(order, post).map(FreezeRow::thawProved).orElse(false);
  }

  /** As soon as it has ended: the outcome is hours away where snapshots take that long. */
  private void measure(BackupInput order, PostScriptRun answer) {
    order
        .work()
        .preScript()
        .map(TaskResult::answer)
        .filter(pre -> pre.attempt().equals(answer.attempt()))
        .flatMap(pre -> pre.frozenUntil(answer))
        .ifPresent(
            frozen ->
                measurements.record(
                    order.work().policy().name(), FreezeMetrics.of(order.work().policy(), frozen)));
  }

  /** A try before this one may have sent its post-script and died: not before the state began. */
  private Instant firstSendingAt(BackupInput order) {
    return order.enteredAt().orElseGet(clock::instant);
  }

  private void record(BackupInput order, ScriptOrder post, FreezeRow.Thaw sent) {
    ledger.recordThaw(order.work().runId(), order.instanceId(), post.attempt(), sent);
  }

  private PostScriptRun confirmed(BackupInput order, ScriptOrder post, PostScriptRun answer) {
    boolean preEnded =
        order
            .work()
            .preScript()
            .map(TaskResult::answer)
            .map(PreScriptRun::attempt)
            .equals(Optional.of(post.attempt()));
    return preEnded && answer.answer() != PostScriptRun.Answer.NOT_FROZEN
        ? answer
        : confirm(order, post, answer, preEnded);
  }

  private PostScriptRun confirm(
      BackupInput order, ScriptOrder post, PostScriptRun answer, boolean preEnded) {
    return orderedAt(order, post)
        .map(orderedAt -> thaw.confirm(post, answer, orderedAt, preEnded))
        .orElse(answer);
  }

  private Optional<Instant> orderedAt(BackupInput order, ScriptOrder post) {
    return freeze(order, post).map(FreezeRow::orderedAt);
  }

  private Optional<FreezeRow> freeze(BackupInput order, ScriptOrder post) {
    return ledger.freezes(order.work().runId(), order.instanceId()).stream()
        .filter(freeze -> freeze.attempt().equals(post.attempt()))
        .findFirst();
  }
}
