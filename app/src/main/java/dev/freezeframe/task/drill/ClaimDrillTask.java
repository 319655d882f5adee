package dev.freezeframe.task.drill;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.script.Documents.Inspected;
import dev.freezeframe.consistency.ssm.SsmDocuments;
import dev.freezeframe.drill.DrillBudget;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillHost;
import dev.freezeframe.drill.DrillOrder;
import dev.freezeframe.drill.DrillPlan;
import dev.freezeframe.drill.DrillPlanner;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.VolumeSettings;
import dev.freezeframe.restore.plan.Planned;
import dev.freezeframe.restore.plan.RestorePlanner;
import dev.freezeframe.restore.view.RestoreReader;
import dev.freezeframe.restore.view.RestoreView;
import dev.freezeframe.restore.view.SetView;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sees that a set can be restored, as the planner of restores does, fixes what is launched and run,
 * and takes the lease and the money for it. Nothing is created yet.
 */
public final class ClaimDrillTask extends JsonTask<DrillInput, DrillClaim> {
  /** Longer than any drill takes. */
  private static final Duration LOOK_BACK = Duration.ofDays(1);

  /** A rule that a restore of volumes has; a drill instance is wherever its subnet is. */
  private static final String ANY_ZONE = "any";

  private final Ledger ledger;
  private final RestoreReader reader;
  private final SsmDocuments documents;
  private final Optional<DrillHost> host;
  private final Clock clock;

  public ClaimDrillTask() {
    this(new AwsDependencies());
  }

  public ClaimDrillTask(TaskDependencies dependencies) {
    super(DrillInput.class);
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
    this.host = dependencies.drillHost();
    this.reader = new RestoreReader(dependencies.ec2(), ledger, clock);
    this.documents = new SsmDocuments(dependencies.ssm());
  }

  /** What is decided before anything is on record: a plan, or an end. */
  private sealed interface Decision {
    record Go(DrillPlan plan) implements Decision {}

    record End(DrillVerdict verdict, String reason) implements Decision {}
  }

  @Override
  protected String explain(DrillClaim claim) {
    return claim.words();
  }

  @Override
  protected DrillClaim handle(DrillInput input) {
    DrillOrder order =
        input
            .work()
            .order()
            .orElseThrow(
                () ->
                    new InputRefusedException(
                        "input of ClaimDrill: work.order is missing, expected what is to be"
                            + " drilled"));
    Optional<DrillRow> before = ledger.drill(input.id());
    if (before.isPresent()) {
      return goOn(input, order, before.get());
    }
    Decision decision = decide(order);
    Instant now = clock.instant();
    DrillRow row =
        ledger.claimDrill(
            DrillRow.of(
                input.id(),
                order,
                input.execution(),
                now,
                decision instanceof Decision.Go go ? Optional.of(go.plan()) : Optional.empty()),
            now.plus(OpenDrill.LEASE));
    return decision instanceof Decision.End end
        ? end(row, end.verdict(), end.reason())
        : admit(row, now);
  }

  /** The claim of an earlier try. */
  private DrillClaim goOn(DrillInput input, DrillOrder order, DrillRow row) {
    if (!row.order().equals(order) || !row.execution().equals(input.execution())) {
      throw input.ofAnother(row);
    }
    if (row.end().isPresent()) {
      DrillRecord.again(ledger, row);
      return new DrillClaim(true, false, row.end().get().reason());
    }
    if (row.plan().isPresent()) {
      return admit(row, clock.instant());
    }
    // The first try came to an end that it did not record: what was decided is decided again.
    return decide(order) instanceof Decision.End end
        ? end(row, end.verdict(), end.reason())
        : end(row, DrillVerdict.INCONCLUSIVE, "its claim broke off");
  }

  private Decision decide(DrillOrder order) {
    Optional<RestoreFacts> facts = ledger.facts(order.set());
    RestoreRequest request = request(order, facts);
    RestoreView view = reader.lookAtSet(request);
    Optional<String> deleted = deleted(view.set());
    if (deleted.isPresent()) {
      return new Decision.End(DrillVerdict.SKIPPED, deleted.get());
    }
    Planned planned = RestorePlanner.plan(request, view);
    if (planned instanceof Planned.Refused refused) {
      return new Decision.End(
          DrillVerdict.FAILED,
          "it cannot be restored: %s".formatted(String.join("; ", refused.reasons())));
    }
    Drill drill = order.drill();
    Optional<Inspected> document =
        drill.level() == Drill.Level.L0
            ? Optional.empty()
            : Optional.of(documents.inspectDrill(drill.document()));
    if (document.filter(inspected -> inspected.pin().isEmpty()).isPresent()) {
      return new Decision.End(DrillVerdict.INCONCLUSIVE, document.get().words());
    }
    DrillPlanner.Planned plan =
        DrillPlanner.plan(
            drill,
            view.set().pointInTime().orElseGet(clock::instant),
            facts,
            document.flatMap(Inspected::pin),
            host);
    return plan instanceof DrillPlanner.Planned.Skipped skipped
        ? new Decision.End(DrillVerdict.SKIPPED, skipped.reason())
        : new Decision.Go(((DrillPlanner.Planned.Plan) plan).plan());
  }

  /** Why there is no set any more, which says nothing of it; empty: there is. */
  private static Optional<String> deleted(SetView set) {
    return set.members().stream().allMatch(one -> one.life().isEmpty() && one.live().isEmpty())
        ? Optional.of("the set %s is not on record, or not any more".formatted(set.set()))
        : deleted(
            set.members().stream().flatMap(member -> member.life().stream()),
            "%s was deleted by retention since the set was chosen");
  }

  /** A snapshot that retention has deleted, or is about to; empty: it has deleted none. */
  private static Optional<String> deleted(Stream<SnapshotHistory> lives, String words) {
    return lives
        .filter(life -> life.deletion().isPresent() || life.deleting().isPresent())
        .map(life -> words.formatted(life.row().snapshot()))
        .findFirst();
  }

  /** Those of the volumes, of which a drill copies none: an original may have as many as it can. */
  private static SortedSet<String> tags(Optional<RestoreFacts> facts) {
    return facts.stream()
        .flatMap(known -> known.volumes().stream())
        .flatMap(volume -> volume.tags().keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A restore of volumes, which any set is good enough for. */
  private static RestoreRequest request(DrillOrder order, Optional<RestoreFacts> facts) {
    Optional<String> zone =
        facts
            .flatMap(RestoreFacts::settings)
            .flatMap(InstanceSettings::zone)
            .or(
                () ->
                    facts.stream()
                        .flatMap(known -> known.volumes().stream())
                        .map(VolumeSettings::zone)
                        .flatMap(Optional::stream)
                        .min(Comparator.naturalOrder()));
    return new RestoreRequest(
        order.set(),
        order.instance(),
        Destination.VOLUMES,
        Optional.empty(),
        zone.or(() -> Optional.of(ANY_ZONE)),
        OptionalInt.empty(),
        false,
        List.of(),
        List.of(Consistency.CRASH, Consistency.UNKNOWN),
        tags(facts),
        false,
        Optional.empty());
  }

  /**
   * Whether it may begin, now that it is on record: a deletion, a drill and a sum of money each put
   * themselves on record before they look for others.
   */
  private DrillClaim admit(DrillRow row, Instant now) {
    Optional<String> against = deleting(row).or(() -> others(row, now));
    if (against.isPresent()) {
      return end(row, DrillVerdict.SKIPPED, against.get());
    }
    DrillPlan plan = row.plan().orElseThrow();
    YearMonth month = DrillRecord.month(row.startedAt());
    ledger.recordSpending(row.order().policy(), month, row.id(), plan.cost());
    Optional<String> over =
        DrillBudget.refusal(
            ledger.spendings(row.order().policy(), month),
            row.id(),
            plan.cost(),
            row.order().drill().limits());
    if (over.isPresent()) {
      return end(row, DrillVerdict.SKIPPED, over.get());
    }
    boolean launches = plan.host().isPresent();
    return new DrillClaim(
        false,
        launches,
        launches
            ? "%d volumes are drilled on a %s"
                .formatted(plan.members().size(), plan.host().get().instanceType())
            : "every snapshot of the set is complete");
  }

  private Optional<String> deleting(DrillRow row) {
    List<SnapshotId> members =
        row.plan().orElseThrow().members().stream().map(DrillPlan.Member::snapshot).toList();
    return deleted(ledger.lives(members).stream(), "%s is being deleted by retention");
  }

  /** Runs may overlap: those that were claimed before are first. */
  private Optional<String> others(DrillRow row, Instant now) {
    int most = row.order().drill().limits().maxConcurrent();
    long open =
        ledger.drills(now.minus(LOOK_BACK)).stream()
            .filter(DrillRow::open)
            .filter(other -> other.order().policy().equals(row.order().policy()))
            .filter(other -> isBefore(other, row))
            .filter(other -> ledger.drillLeasedUntil(other).filter(now::isBefore).isPresent())
            .count();
    return open >= most
        ? Optional.of(
            "%d drills of the policy go on, expected %d at most at once".formatted(open, most))
        : Optional.empty();
  }

  private static boolean isBefore(DrillRow other, DrillRow row) {
    int order = other.startedAt().compareTo(row.startedAt());
    return order < 0 || (order == 0 && other.id().compareTo(row.id()) < 0);
  }

  /** Nothing is spent, whatever an earlier try of the claim has put on record. */
  private DrillClaim end(DrillRow row, DrillVerdict verdict, String reason) {
    ledger.withdrawSpending(row.order().policy(), DrillRecord.month(row.startedAt()), row.id());
    ledger.recordDrillEnded(
        row.id(),
        new DrillEnd(
            verdict,
            reason,
            List.of(),
            Optional.empty(),
            DrillCost.NONE,
            List.of(),
            clock.instant()));
    return new DrillClaim(true, false, reason);
  }
}
