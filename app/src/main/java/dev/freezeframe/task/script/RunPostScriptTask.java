package dev.freezeframe.task.script;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.consistency.script.CommandThrottledException;
import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.PreScriptRun;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.script.ScriptFailedException;
import dev.freezeframe.consistency.script.ScriptOrder;
import dev.freezeframe.consistency.script.ThawNotProvedException;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.ledger.FreezeRow;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import dev.freezeframe.task.backup.BackupInput;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.SsmException;

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
    this.recorded = new RecordedThaw(thaw, ledger, dependencies.measurements(), clock, SENDER);
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
            .sorted(Comparator.comparing(RunPostScriptTask::lastAsked))
            .toList();
    List<PostScriptRun> answers = new ArrayList<>();
    unproved.forEach(freeze -> answers.add(recorded.send(freeze, recorded.begin(freeze))));
    Optional<AttemptId> set = order.work().set().map(TaskResult::answer).map(SnapshotSet::id);
    return answers.stream()
        .filter(answer -> set.equals(Optional.of(answer.attempt())))
        .findFirst()
        .or(() -> answers.stream().reduce((first, second) -> second))
        .orElseGet(() -> proved(order));
  }

  private static Instant lastAsked(FreezeRow freeze) {
    return freeze.thaws().stream()
        .map(FreezeRow.Thaw::sentAt)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private PostScriptRun proved(BackupInput order) {
    return new PostScriptRun(
        order.attemptId(),
        clock.instant(),
        PostScriptRun.Answer.NOT_FROZEN,
        "not sent: every thaw is proved",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
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
    } catch (ThawNotProvedException | ScriptFailedException silent) {
      unproved(order, post, sentAt, silent);
      throw silent;
    } catch (CommandThrottledException | SsmException notSent) {
      noteLate(order, post, sentAt, notSent);
      throw notSent;
    }
    try {
      PostScriptRun answer = confirmed(order, post, sent).sentFrom(sentAt);
      record(order, post, new FreezeRow.Thaw(sentAt, SENDER, answer.words(), true));
      return answer;
    } catch (ThawNotProvedException mayStillFreeze) {
      record(order, post, new FreezeRow.Thaw(sentAt, SENDER, mayStillFreeze.getMessage(), false));
      throw mayStillFreeze;
    }
  }

  /**
   * A call that is refused once is made again at once; a guest that has waited longer is told of.
   */
  private void noteLate(
      BackupInput order, ScriptOrder post, Instant sentAt, RuntimeException notSent) {
    if (clock.instant().isAfter(sentAt.plus(post.timeout()))) {
      unproved(order, post, sentAt, notSent);
    }
  }

  private void unproved(BackupInput order, ScriptOrder post, Instant sentAt, RuntimeException why) {
    recorded.unproved(order.work().runId(), order.instanceId(), post.attempt(), sentAt, why);
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
    return ledger.freezes(order.work().runId(), order.instanceId()).stream()
        .filter(freeze -> freeze.attempt().equals(post.attempt()))
        .findFirst()
        .map(FreezeRow::orderedAt);
  }
}
