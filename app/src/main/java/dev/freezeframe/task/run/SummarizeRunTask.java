package dev.freezeframe.task.run;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.ledger.run.PageRow;
import dev.freezeframe.ledger.run.RunLedger;
import dev.freezeframe.ledger.run.RunSummary;
import dev.freezeframe.ledger.run.RunView;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.CaughtError;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sums up a run from the ledger, once all its executions have ended.
 *
 * <p>Each page of a large run comes here; the first that finds the run complete sums it up. A run
 * that failed is an answer like any other, which is announced; asked again after that, it fails.
 */
public final class SummarizeRunTask extends JsonTask<SummarizeRunTask.Order, RunEvent> {
  private final RunLedger ledger;
  private final Clock clock;

  public SummarizeRunTask() {
    this(new AwsDependencies());
  }

  public SummarizeRunTask(TaskDependencies dependencies) {
    super(Order.class);
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
  }

  @Override
  protected String explain(RunEvent run) {
    return run.reason();
  }

  @Override
  protected RunEvent handle(Order order) {
    RunId run = order.work().selection().answer().runId();
    int page = order.work().page().map(SelectTargetsTask.PageRequest::number).orElse(1);
    // What a redrive records while this counts is later than what was counted.
    Instant asOf = clock.instant();
    RunView view = ledger.run(run);
    List<InstanceId> missing = missing(view, page);
    if (!missing.isEmpty()) {
      if (order.work().missing().isEmpty()) {
        throw new OutcomeMissingException(
            "%d executions have ended without an outcome yet, such as that of %s"
                .formatted(missing.size(), missing.get(0)));
      }
      missing.forEach(instance -> ledger.recordOutcome(unaccounted(run, instance)));
      asOf = clock.instant();
      view = ledger.run(run);
    }
    return complete(view, order) ? sum(run, view, asOf, order) : RunEvent.incomplete(run);
  }

  private static List<InstanceId> missing(RunView view, int page) {
    Map<InstanceId, OutcomeRow> outcomes = outcomes(view);
    return view.pages().stream()
        .filter(row -> row.page() == page)
        .flatMap(row -> row.selected().stream())
        .filter(instance -> !outcomes.containsKey(instance))
        .toList();
  }

  /** Other pages may still be at work; where one is lost the run has failed, whatever they do. */
  private static boolean complete(RunView view, Order order) {
    Map<InstanceId, OutcomeRow> outcomes = outcomes(view);
    return order.work().lostPage().isPresent()
        || (view.pages().stream().anyMatch(PageRow::last)
            && view.pages().stream()
                .flatMap(row -> row.selected().stream())
                .allMatch(outcomes::containsKey));
  }

  private RunEvent sum(RunId run, RunView view, Instant asOf, Order order) {
    int skipped = view.pages().stream().mapToInt(row -> row.invalid().size()).sum();
    int succeeded = count(view, Status.SUCCEEDED);
    int failed = count(view, Status.FAILED);
    skipped += count(view, Status.SKIPPED);
    String sentence = "%d succeeded, %d failed, %d skipped".formatted(succeeded, failed, skipped);
    long claimed =
        view.outcomes().stream()
            .filter(row -> row.proof().equals(Optional.of(Proof.CLAIMED)))
            .count();
    if (claimed > 0) {
      sentence +=
          "; of %d application-consistent %d claimed by exit codes alone"
              .formatted(count(view, Consistency.APPLICATION), claimed);
    }
    Optional<String> lostPages =
        order.work().lostPage().map(problem -> "a page could not be started: " + problem.words());
    if (lostPages.isPresent()) {
      sentence += "; " + lostPages.get();
    }
    RunSummary summary =
        new RunSummary(
            succeeded,
            failed,
            skipped,
            count(view, Consistency.APPLICATION),
            count(view, Consistency.CRASH),
            count(view, Consistency.UNKNOWN),
            sentence,
            asOf);
    if (!ledger.recordSummary(run, summary, order.execution())) {
      return RunEvent.toldByAnother(run);
    }
    boolean bad = failed > 0 || lostPages.isPresent();
    if (bad && order.work().summary().isPresent()) {
      throw new RunFailedException(sentence);
    }
    return RunEvent.of(run, order.work().policy().name(), order.work().scheduledAt(), summary, bad);
  }

  private OutcomeRow unaccounted(RunId run, InstanceId instance) {
    return new OutcomeRow(
        run,
        instance,
        "",
        Status.FAILED,
        Optional.empty(),
        Optional.empty(),
        "its execution ended without an outcome",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        List.of(),
        clock.instant());
  }

  private static Map<InstanceId, OutcomeRow> outcomes(RunView view) {
    Map<InstanceId, OutcomeRow> outcomes = new TreeMap<>();
    view.outcomes().forEach(row -> outcomes.put(row.instance(), row));
    return outcomes;
  }

  private static int count(RunView view, Status status) {
    return (int) view.outcomes().stream().filter(row -> row.status() == status).count();
  }

  private static int count(RunView view, Consistency consistency) {
    return (int)
        view.outcomes().stream()
            .filter(row -> row.consistency().equals(Optional.of(consistency)))
            .count();
  }

  /** What the state machine passes. */
  record Order(String execution, Work work) {}

  /**
   * The state of {@code run-policy}.
   *
   * @param page empty: the first
   * @param pageProblem why the next page could not be started
   * @param startedLate set once it was started all the same
   * @param missing set once outcomes have been waited for in vain
   * @param summary set once the run was announced
   */
  record Work(
      Policy policy,
      Instant scheduledAt,
      TaskResult<SelectTargetsTask.Selection> selection,
      Optional<SelectTargetsTask.PageRequest> page,
      Optional<CaughtError> pageProblem,
      Optional<StartedLate> startedLate,
      Optional<CaughtError> missing,
      Optional<TaskResult<Announced>> summary) {

    /** Why a page of the run is lost; empty: none is. */
    Optional<CaughtError> lostPage() {
      return startedLate.isPresent() ? Optional.empty() : pageProblem;
    }
  }

  /** The start of a lost page, of which nothing is needed but that it was. */
  record StartedLate() {}

  /** The run that was announced, of which nothing is needed but that it was. */
  record Announced(boolean failed) {}
}
