package dev.freezeframe.task.backup;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Evidence;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.consistency.TakenVolume;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.PreScriptRun;
import dev.freezeframe.consistency.script.ThawNotProvedException;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.retention.GroupReview;
import dev.freezeframe.snapshot.Ec2Snapshots;
import dev.freezeframe.snapshot.Ec2SnapshotsAdapter;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotTags;
import dev.freezeframe.stop.Stopping;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.CaughtError;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import dev.freezeframe.task.script.RecordedThaw;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Gives the verdict on a backup, and puts it into the ledger and on the snapshots.
 *
 * <p>A failure is an answer like any other, which is announced; asked again after that, it fails,
 * so that the console shows red and a redrive looks again.
 */
public final class RecordOutcomeTask extends JsonTask<BackupInput, OutcomeEvent> {
  /** What is said of the dry run of a document of others that failed. */
  private static final String DID_NOT_DECIDE =
      "%s (Data Lifecycle Manager sends no dry run, so this did not decide)";

  private final Ledger ledger;
  private final GroupReview review;
  private final Ec2Snapshots live;
  private final OrphanedSets lost;
  private final Clock clock;
  private final Measurements measurements;

  public RecordOutcomeTask() {
    this(new AwsDependencies());
  }

  public RecordOutcomeTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.ledger = dependencies.ledger();
    this.review = new GroupReview(ledger);
    this.live = new Ec2SnapshotsAdapter(dependencies.ec2());
    this.lost = new OrphanedSets(ledger, dependencies.clock());
    this.clock = dependencies.clock();
    this.measurements = dependencies.measurements();
  }

  @Override
  protected String explain(OutcomeEvent outcome) {
    return "%s: %s".formatted(outcome.status(), outcome.reason());
  }

  @Override
  protected OutcomeEvent handle(BackupInput order) {
    BackupState work = order.work();
    Optional<SnapshotSet> set = work.set().map(TaskResult::answer);
    List<SnapshotRow> rows = set.map(taken -> recorded(order, taken)).orElse(List.of());
    recordWhatWasLost(order);
    List<FreezeRow> freezes =
        ledger.freezes(work.runId(), order.instanceId()).stream()
            .filter(freeze -> freeze.execution().equals(order.execution()))
            .toList();
    Optional<SetVerdict> verdict = set.map(taken -> verdict(order, taken, freezes));
    boolean thawProved = thawProved(work, freezes);
    Optional<String> untagged =
        set.flatMap(taken -> publish(order, taken, verdict.orElseThrow(), lastScripted(freezes)));
    BackupOutcome outcome =
        BackupOutcome.of(work, rows, verdict, thawProved)
            .but(
                work.dryRun().flatMap(run -> run.answer().failure()).map(DID_NOT_DECIDE::formatted))
            .but(work.stop().flatMap(stopping -> stopping.answer().warning()))
            .but(work.start().flatMap(starting -> starting.answer().warning()))
            .but(untagged.map("the tags do not say so, EC2 refused them: "::concat))
            .but(
                set.flatMap(taken -> work.inspected().volumes())
                    .flatMap(VolumeSelection::tooManyTags));
    OutcomeRow own = row(order, outcome, set, freezes);
    OutcomeRow inForce = ofThisExecution(ledger.recordOutcome(own), own);
    if (inForce.status() == Status.SUCCEEDED) {
      set.ifPresent(taken -> ledger.recordRecoveryPoint(work.policy().name(), taken.pointInTime()));
    }
    giveSlotsBack(order, rows);
    boolean announced = work.outcome().isPresent();
    if (announced && !thawProved && work.redrivenSinceItEnded(order.redrives())) {
      throw new ThawNotProvedException(inForce.reason());
    }
    if (announced && inForce.status() == Status.FAILED) {
      throw new BackupFailedException(inForce.reason());
    }
    measurements.record(
        work.policy().name(),
        OutcomeMetrics.of(
            inForce, rows, thawProved || freezes.stream().anyMatch(RecordedThaw::isTold)));
    return OutcomeEvent.of(work, inForce, rows, verdict, set.flatMap(taken -> facts(order, taken)));
  }

  /** Those of snapshots that are pending still go back when they settle. */
  private void giveSlotsBack(BackupInput order, List<SnapshotRow> rows) {
    if (order.work().slots().isPresent() && rows.stream().allMatch(row -> row.state().settled())) {
      ledger.giveSlotsBack(order.holder());
    }
  }

  /** The facts of the set, also where the step that was to record them never came to its end. */
  private Optional<RestoreFacts> facts(BackupInput order, SnapshotSet set) {
    Optional<RestoreFacts> recorded = ledger.facts(set.id());
    if (recorded.isPresent()) {
      return recorded;
    }
    ledger.recordInspectedFacts(order.work().runId(), order.instanceId(), set.id(), set.volumes());
    return ledger.facts(set.id());
  }

  /** What another execution of the run came to says nothing of what this one has done. */
  private static OutcomeRow ofThisExecution(OutcomeRow inForce, OutcomeRow own) {
    return inForce.execution().equals(own.execution()) ? inForce : own;
  }

  /** The rows of the set, also where the step that was to write them never came to its end. */
  private List<SnapshotRow> recorded(BackupInput order, SnapshotSet set) {
    List<SnapshotRow> rows = ledger.snapshots(set.snapshots());
    if (rows.size() == set.members().size()) {
      return rows;
    }
    ledger.recordSnapshots(
        SnapshotRows.pending(
            set,
            order.instanceId(),
            order.work().policy().name(),
            order.work().runId(),
            order.execution(),
            order.work().devices()));
    return ledger.snapshots(set.snapshots());
  }

  /** A call that was not answered, and whose set did not show in time, may have taken one. */
  private void recordWhatWasLost(BackupInput order) {
    BackupState work = order.work();
    if (work.createProblem().isEmpty() || work.inspection().isEmpty()) {
      return;
    }
    List<SnapshotSet> found = live.sets(work.runId(), order.instanceId());
    Optional<AttemptId> own = work.set().map(set -> set.answer().id());
    lost.record(
        found.stream().filter(set -> !own.equals(Optional.of(set.id()))).toList(),
        order.instanceId(),
        work.policy(),
        work.runId(),
        order.execution(),
        "its call was not answered, and the backup went on without it",
        () -> work.inspected().lifetime());
  }

  private static SetVerdict verdict(BackupInput order, SnapshotSet set, List<FreezeRow> freezes) {
    BackupState work = order.work();
    return SetVerdict.of(
        new Evidence(
            set.quiescent(),
            withoutScripts(work),
            of(work.preScript(), PreScriptRun::attempt, Optional.of(set.id())),
            of(work.postScript(), PostScriptRun::attempt, Optional.of(set.id()))
                .or(() -> of(work.thawAgain(), PostScriptRun::attempt, Optional.of(set.id()))),
            firstThaw(set.id(), freezes),
            work.inspected().leftOut().orElse(List.of()),
            set.taken()),
        set.members().stream().map(member -> volume(work, member.volume())).toList());
  }

  private static TakenVolume volume(BackupState work, VolumeId volume) {
    Optional<VolumeSelection> selected = work.inspected().volumes();
    return new TakenVolume(
        volume,
        Optional.ofNullable(work.devices().get(volume)),
        selected.flatMap(VolumeSelection::boot).equals(Optional.of(volume)),
        selected
            .flatMap(VolumeSelection::elsewhere)
            .map(known -> known.getOrDefault(volume, List.of()))
            .orElse(List.of()));
  }

  private static Optional<String> withoutScripts(BackupState work) {
    if (work.policy().stop().isPresent() && !work.inspected().stopped()) {
      return Optional.of(
          work.stopped().map(Stopping::forced).orElse(false)
              ? "its stop was forced, and what the guest had not written is lost"
              : "nothing shows that the instance was stopped until the set was taken");
    }
    if (work.policy().scripts().isEmpty() && work.policy().stop().isEmpty()) {
      return Optional.of("the policy runs no scripts");
    }
    if (work.policy().scripts().map(scripts -> !scripts.freeze()).orElse(false)) {
      return Optional.of("the policy runs only one of the two scripts");
    }
    if (work.inspected().stopped()) {
      return Optional.of(
          "the instance was stopped when the backup began, and nothing shows that it was until the"
              + " set was taken");
    }
    return work.withoutScripts()
        .map(
            decided ->
                work.scriptProblem()
                    .map(CaughtError::words)
                    .orElseGet(() -> work.inspected().reason()));
  }

  private static Optional<Instant> firstThaw(AttemptId attempt, List<FreezeRow> freezes) {
    return freezes.stream()
        .filter(freeze -> freeze.attempt().equals(attempt))
        .flatMap(freeze -> freeze.thaws().stream())
        .map(FreezeRow.Thaw::sentAt)
        .min(Comparator.naturalOrder());
  }

  /** A policy that runs no post-script has none to wait for. */
  private static boolean thawProved(BackupState work, List<FreezeRow> freezes) {
    return !work.policy().freezes() || freezes.stream().allMatch(FreezeRow::thawProved);
  }

  /**
   * The ledger first: the tags repeat what it says.
   *
   * @return why EC2 refused the tags; empty: they are set
   */
  private Optional<String> publish(
      BackupInput order, SnapshotSet set, SetVerdict verdict, Optional<AttemptId> scripted) {
    BackupState work = order.work();
    Optional<Instant> expiresAt =
        review.record(
            new GroupKey(work.policy().name(), order.instanceId()),
            set.snapshots(),
            set.pointInTime(),
            verdict,
            work.inspected().lifetime().under(work.policy()),
            clock.instant());
    Map<String, String> tags = new TreeMap<>();
    tags.put(SnapshotTags.SET_CONSISTENCY, verdict.whole().consistency().name());
    preScript(work, scripted)
        .ifPresent(words -> tags.put(SnapshotTags.PRE_SCRIPT, SnapshotTags.value(words)));
    postScript(work, scripted)
        .ifPresent(words -> tags.put(SnapshotTags.POST_SCRIPT, SnapshotTags.value(words)));
    expiresAt.ifPresent(instant -> tags.put(SnapshotTags.EXPIRES_AT, instant.toString()));
    return tag(set, verdict, tags);
  }

  /** In one call for all snapshots that are worth the same, which most sets are. */
  private Optional<String> tag(SnapshotSet set, SetVerdict verdict, Map<String, String> common) {
    Map<Map<String, String>, List<SnapshotId>> byTags = new LinkedHashMap<>();
    for (SnapshotSet.Member member : set.members()) {
      Verdict own = verdict.of(member.volume());
      Map<String, String> tags = new TreeMap<>(common);
      tags.put(SnapshotTags.CONSISTENCY, own.consistency().name());
      // Also where none exists: an earlier verdict's would stay.
      tags.put(SnapshotTags.PROOF, own.proof().map(Proof::name).orElse(SnapshotTags.NO_PROOF));
      byTags.computeIfAbsent(tags, any -> new ArrayList<>()).add(member.snapshot());
    }
    Optional<String> refused = Optional.empty();
    for (Map.Entry<Map<String, String>, List<SnapshotId>> same : byTags.entrySet()) {
      Optional<String> why = live.tag(same.getValue(), same.getKey());
      refused = refused.or(() -> why);
    }
    return refused;
  }

  private static Optional<String> preScript(BackupState work, Optional<AttemptId> attempt) {
    return of(work.preScript(), PreScriptRun::attempt, attempt)
        .map(run -> "succeeded")
        .or(() -> work.scriptProblem().map(CaughtError::words));
  }

  private static Optional<String> postScript(BackupState work, Optional<AttemptId> attempt) {
    return of(work.postScript(), PostScriptRun::attempt, attempt)
        .or(() -> of(work.thaw(), PostScriptRun::attempt, attempt))
        .or(() -> of(work.thawAgain(), PostScriptRun::attempt, attempt))
        .map(PostScriptRun::words)
        .or(() -> work.thawProblem().map(CaughtError::words));
  }

  /** What a task answered, if it answered for that attempt and not for an earlier one. */
  private static <T> Optional<T> of(
      Optional<TaskResult<T>> answer,
      Function<T, AttemptId> attemptOf,
      Optional<AttemptId> attempt) {
    return answer
        .map(TaskResult::answer)
        .filter(run -> attempt.equals(Optional.of(attemptOf.apply(run))));
  }

  private OutcomeRow row(
      BackupInput order,
      BackupOutcome outcome,
      Optional<SnapshotSet> set,
      List<FreezeRow> freezes) {
    BackupState work = order.work();
    Optional<AttemptId> scripted = lastScripted(freezes);
    Optional<AttemptId> last = set.map(SnapshotSet::id).or(() -> scripted);
    return new OutcomeRow(
        work.runId(),
        order.instanceId(),
        order.execution(),
        outcome.status(),
        outcome.verdict().map(SetVerdict::whole).map(Verdict::consistency),
        outcome.verdict().map(SetVerdict::whole).flatMap(Verdict::proof),
        outcome.reason(),
        last,
        preScript(work, scripted),
        postScript(work, scripted),
        attempts(work, set, freezes),
        frozen(work, scripted),
        set.map(SnapshotSet::snapshots).orElse(List.of()),
        clock.instant());
  }

  private static Optional<AttemptId> lastScripted(List<FreezeRow> freezes) {
    return freezes.stream().map(FreezeRow::attempt).reduce((first, second) -> second);
  }

  /** Those that froze are on record each; those without scripts are the calls for a set. */
  private static int attempts(
      BackupState work, Optional<SnapshotSet> set, List<FreezeRow> freezes) {
    boolean scripted =
        set.map(SnapshotSet::id)
            .map(id -> freezes.stream().anyMatch(freeze -> freeze.attempt().equals(id)))
            .orElse(work.withoutScripts().isEmpty() && work.inspectedPreScript());
    if (scripted) {
      return freezes.size();
    }
    int calls = set.isPresent() || work.createProblem().isPresent() ? 1 : 0;
    return freezes.size() + Math.max(calls, work.attempt().refusals() + work.attempt().overQuota());
  }

  private static Optional<Duration> frozen(BackupState work, Optional<AttemptId> attempt) {
    return of(work.preScript(), PreScriptRun::attempt, attempt)
        .flatMap(
            pre ->
                of(work.postScript(), PostScriptRun::attempt, attempt).flatMap(pre::frozenUntil));
  }
}
