package dev.freezeframe.lambda;

import dev.freezeframe.consistency.DocumentPin;
import dev.freezeframe.consistency.DocumentRefusedException;
import dev.freezeframe.consistency.Documents;
import dev.freezeframe.consistency.GuestGoneException;
import dev.freezeframe.consistency.Script;
import dev.freezeframe.consistency.ScriptFailedException;
import dev.freezeframe.consistency.ScriptOrder;
import dev.freezeframe.consistency.ScriptRun;
import dev.freezeframe.consistency.ScriptRunner;
import dev.freezeframe.consistency.SsmDocuments;

/** Runs a document with {@code command=dry-run}: finds what would fail while nothing is frozen. */
public final class DryRunScriptTask extends JsonTask<InstanceOrder, Work.DryRun> {
  private final ScriptRunner scripts;
  private final Documents documents;

  public DryRunScriptTask() {
    this(new AwsSurroundings());
  }

  DryRunScriptTask(Surroundings surroundings) {
    super(InstanceOrder.class);
    this.scripts = ScriptOrders.runner(surroundings);
    this.documents = new SsmDocuments(surroundings.ssm());
  }

  @Override
  protected Work.DryRun handle(InstanceOrder order) {
    ScriptOrder script = ScriptOrders.of(order, Script.DRY_RUN);
    try {
      return run(script);
    } catch (DocumentRefusedException refused) {
      return run(confirmed(script, refused));
    } catch (GuestGoneException gone) {
      throw new ScriptFailedException("the dry run was not sent: " + gone.getMessage());
    }
  }

  private Work.DryRun run(ScriptOrder script) {
    ScriptRun run = scripts.run(script);
    if (!run.succeeded()) {
      throw run.failure("dry run");
    }
    return new Work.DryRun(script.document());
  }

  /** A hash over another rendering of the same version is mended here, where nothing is frozen. */
  private ScriptOrder confirmed(ScriptOrder script, DocumentRefusedException refused) {
    DocumentPin pin;
    try {
      pin = documents.confirm(script.document());
    } catch (DocumentRefusedException gone) {
      throw new ScriptFailedException("the dry run was not sent: " + gone.getMessage());
    }
    if (pin.equals(script.document())) {
      throw new ScriptFailedException("the dry run was not sent: " + refused.getMessage());
    }
    return new ScriptOrder(
        script.instance(), pin, script.script(), script.attempt(), script.timeout());
  }
}
