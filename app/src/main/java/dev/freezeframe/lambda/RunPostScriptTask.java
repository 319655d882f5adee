package dev.freezeframe.lambda;

import dev.freezeframe.consistency.PostScriptRun;
import dev.freezeframe.consistency.PreScriptRun;
import dev.freezeframe.consistency.Script;
import dev.freezeframe.consistency.ScriptFailedException;
import dev.freezeframe.consistency.ScriptOrder;
import dev.freezeframe.consistency.ThawNotProvedException;
import dev.freezeframe.ledger.FreezeRow;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.target.Ec2Instances;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Thaws a guest, and puts on record that it is thawed. */
public final class RunPostScriptTask extends JsonTask<InstanceOrder, PostScriptRun> {
  private static final String BY = "RunPostScript";

  private final Thaw thaw;
  private final Ledger ledger;
  private final Clock clock;

  public RunPostScriptTask() {
    this(new AwsSurroundings());
  }

  RunPostScriptTask(Surroundings surroundings) {
    super(InstanceOrder.class);
    this.thaw =
        new Thaw(
            ScriptOrders.runner(surroundings),
            // EC2 is asked only about a guest that is gone, which nobody waits for frozen.
            () -> new Ec2Instances(surroundings.ec2()),
            surroundings.clock());
    this.ledger = surroundings.ledger();
    this.clock = surroundings.clock();
  }

  @Override
  protected String explain(PostScriptRun run) {
    return "%s: %s".formatted(run.answer(), run.words());
  }

  @Override
  protected PostScriptRun handle(InstanceOrder order) {
    ScriptOrder post = ScriptOrders.of(order, Script.POST_SCRIPT);
    Instant sentAt = firstSendingAt(order);
    if (!order.work().inspected().preScript()) {
      return thaw.send(post, Optional::empty).sentFrom(sentAt);
    }
    try {
      PostScriptRun answer = confirmed(order, post).sentFrom(sentAt);
      record(order, post, new FreezeRow.Thaw(sentAt, BY, answer.words(), true));
      return answer;
    } catch (ThawNotProvedException | ScriptFailedException notProved) {
      record(order, post, new FreezeRow.Thaw(sentAt, BY, notProved.getMessage(), false));
      throw notProved;
    }
  }

  /** A try before this one may have sent its post-script and died: not before the state began. */
  private Instant firstSendingAt(InstanceOrder order) {
    return order.enteredAt().orElseGet(clock::instant);
  }

  private void record(InstanceOrder order, ScriptOrder post, FreezeRow.Thaw sent) {
    ledger.recordThaw(order.work().runId(), order.instanceId(), post.attempt(), sent);
  }

  private PostScriptRun confirmed(InstanceOrder order, ScriptOrder post) {
    PostScriptRun answer = thaw.send(post, () -> orderedAt(order, post));
    boolean preEnded =
        order
            .work()
            .preScript()
            .map(Answer::answer)
            .map(PreScriptRun::attempt)
            .equals(Optional.of(post.attempt()));
    return preEnded && answer.answer() != PostScriptRun.Answer.NOT_FROZEN
        ? answer
        : confirm(order, post, answer, preEnded);
  }

  private PostScriptRun confirm(
      InstanceOrder order, ScriptOrder post, PostScriptRun answer, boolean preEnded) {
    return orderedAt(order, post)
        .map(orderedAt -> thaw.confirm(post, answer, orderedAt, preEnded))
        .orElse(answer);
  }

  private Optional<Instant> orderedAt(InstanceOrder order, ScriptOrder post) {
    return ledger.freezes(order.work().runId(), order.instanceId()).stream()
        .filter(freeze -> freeze.attempt().equals(post.attempt()))
        .findFirst()
        .map(FreezeRow::orderedAt);
  }
}
