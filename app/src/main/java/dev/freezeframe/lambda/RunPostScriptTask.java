package dev.freezeframe.lambda;

import dev.freezeframe.consistency.PostScriptRun;
import dev.freezeframe.consistency.PreScriptRun;
import dev.freezeframe.consistency.Script;
import dev.freezeframe.consistency.ScriptOrder;
import dev.freezeframe.ledger.FreezeRow;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.target.Ec2Instances;
import java.util.Optional;

/** Thaws a guest, and puts on record that it is thawed. */
public final class RunPostScriptTask extends JsonTask<InstanceOrder, PostScriptRun> {
  private final Thaw thaw;
  private final Ledger ledger;

  public RunPostScriptTask() {
    this(new AwsSurroundings());
  }

  RunPostScriptTask(Surroundings surroundings) {
    super(InstanceOrder.class);
    this.thaw =
        new Thaw(
            ScriptOrders.runner(surroundings),
            new Ec2Instances(surroundings.ec2()),
            surroundings.clock());
    this.ledger = surroundings.ledger();
  }

  @Override
  protected String explain(PostScriptRun run) {
    return "%s: %s".formatted(run.answer(), run.words());
  }

  @Override
  protected PostScriptRun handle(InstanceOrder order) {
    Work work = order.work();
    ScriptOrder post = ScriptOrders.of(order, Script.POST_SCRIPT);
    PostScriptRun answer = thaw.send(post);
    if (!work.inspected().preScript()) {
      return answer;
    }
    boolean preEnded =
        work.preScript()
            .map(Answer::answer)
            .map(PreScriptRun::attempt)
            .equals(Optional.of(post.attempt()));
    if (!preEnded || answer.answer() == PostScriptRun.Answer.NOT_FROZEN) {
      answer = confirm(order, post, answer, preEnded);
    }
    ledger.recordThaw(
        work.runId(),
        order.instanceId(),
        work.attempt().number(),
        new FreezeRow.Thaw(answer.sentAt(), "RunPostScript", answer.words(), true));
    return answer;
  }

  private PostScriptRun confirm(
      InstanceOrder order, ScriptOrder post, PostScriptRun answer, boolean preEnded) {
    return ledger.freezes(order.work().runId(), order.instanceId()).stream()
        .filter(freeze -> freeze.attempt().equals(post.attempt()))
        .findFirst()
        .map(freeze -> thaw.confirm(post, answer, freeze.orderedAt(), preEnded))
        .orElse(answer);
  }
}
