package dev.freezeframe.task.restore;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.restore.RestoreConflictException;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.restore.plan.Planned;
import dev.freezeframe.restore.plan.RestorePlanner;
import dev.freezeframe.restore.view.RestoreReader;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.restore.message.RestoreClaim;
import dev.freezeframe.task.restore.message.RestoreInput;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Plans a restore again, sees that the plan is the one that was shown, and puts it on record with
 * all that it will create, before anything is created.
 */
public final class ClaimRestoreTask extends JsonTask<RestoreInput, RestoreClaim> {
  private final Ledger ledger;
  private final RestoreReader reader;
  private final Clock clock;

  public ClaimRestoreTask() {
    this(new AwsDependencies());
  }

  public ClaimRestoreTask(TaskDependencies dependencies) {
    super(RestoreInput.class);
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
    this.reader = new RestoreReader(dependencies.ec2(), ledger, clock);
  }

  @Override
  protected String explain(RestoreClaim claim) {
    return claim.words();
  }

  @Override
  protected RestoreClaim handle(RestoreInput order) {
    RestoreRequest request =
        order.work().request().orElseThrow(() -> missing("request", "what is to be restored"));
    String hash = order.work().hash().orElseThrow(() -> missing("hash", "the hash of the plan"));
    Optional<RestoreRow> before = ledger.restore(order.id());
    if (before.isPresent()) {
      return goOn(order, request, hash, before.get());
    }
    Planned planned = RestorePlanner.plan(request, reader.look(request, Optional.of(order.id())));
    if (planned instanceof Planned.Refused refused) {
      return refused(order, request, hash, String.join("; ", refused.reasons()));
    }
    Planned.Plan plan = (Planned.Plan) planned;
    if (!plan.hash().equals(hash)) {
      return refused(
          order,
          request,
          hash,
          "the plan is %s by now, expected %s: something has changed since it was shown; plan again"
              .formatted(plan.hash(), hash));
    }
    try {
      return claim(order, hash, plan.plan());
    } catch (RestoreConflictException held) {
      return refused(order, request, hash, held.getMessage());
    }
  }

  private RestoreClaim claim(RestoreInput order, String hash, RestorePlan plan) {
    Instant now = clock.instant();
    ledger.claimRestore(
        row(order, plan.request(), hash, Status.RUNNING, "it goes on", now, Optional.empty()),
        plan,
        now.plus(OpenRestore.LEASE));
    // After the lease is taken: a deletion puts itself on record before it looks for leases.
    Optional<String> deleting = deleting(plan);
    if (deleting.isPresent()) {
      ledger.recordRestoreEnded(order.id(), Status.REFUSED, deleting.get(), clock.instant());
      return RestoreClaim.refused(plan.request().to(), deleting.get());
    }
    return RestoreClaim.claimed(plan);
  }

  private Optional<String> deleting(RestorePlan plan) {
    return ledger.lives(plan.volumes().stream().map(Creation::snapshot).toList()).stream()
        .filter(life -> !life.living() || life.deleting().isPresent())
        .map(SnapshotHistory::row)
        .map(row -> "%s is being deleted by retention".formatted(row.snapshot()))
        .findFirst();
  }

  /** The claim of an earlier try. */
  private RestoreClaim goOn(
      RestoreInput order, RestoreRequest request, String hash, RestoreRow row) {
    if (!row.request().equals(request)
        || !row.hash().equals(hash)
        || !row.execution().equals(order.execution())) {
      throw new InputRefusedException(
          "restore is %s, which is on record for %s, expected a new id"
              .formatted(order.id(), row.execution()));
    }
    if (row.status() == Status.REFUSED) {
      return RestoreClaim.refused(request.to(), row.reason());
    }
    return RestoreClaim.claimed(OpenRestore.of(ledger, order, clock).plan());
  }

  private RestoreClaim refused(
      RestoreInput order, RestoreRequest request, String hash, String words) {
    Instant now = clock.instant();
    ledger.recordRefused(row(order, request, hash, Status.REFUSED, words, now, Optional.of(now)));
    return RestoreClaim.refused(request.to(), words);
  }

  private static RestoreRow row(
      RestoreInput order,
      RestoreRequest request,
      String hash,
      Status status,
      String reason,
      Instant now,
      Optional<Instant> endedAt) {
    return new RestoreRow(
        order.id(),
        request,
        hash,
        order.execution(),
        now,
        status,
        reason,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        endedAt);
  }

  private static InputRefusedException missing(String field, String what) {
    return new InputRefusedException(
        "input of ClaimRestore: work.%s is missing, expected %s".formatted(field, what));
  }
}
