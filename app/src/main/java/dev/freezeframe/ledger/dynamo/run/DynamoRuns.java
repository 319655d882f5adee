package dev.freezeframe.ledger.dynamo.run;

import static java.util.Comparator.comparing;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import dev.freezeframe.ledger.dynamo.table.DynamoUpdate;
import dev.freezeframe.ledger.dynamo.table.DynamoWrite;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.ledger.run.PageRow;
import dev.freezeframe.ledger.run.RunLedger;
import dev.freezeframe.ledger.run.RunRow;
import dev.freezeframe.ledger.run.RunSummary;
import dev.freezeframe.ledger.run.RunView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The rows of runs: who holds them, their pages, freezes and outcomes. */
public interface DynamoRuns extends RunLedger {
  DynamoTable table();

  @Override
  default RunRow claimRun(RunRow run) {
    DynamoWrite claim = table().putIfAbsent(DynamoRunItem.item(run));
    return claim.made() ? run : DynamoRunItem.row(claim.inTheWay());
  }

  @Override
  default PageRow recordPage(PageRow page) {
    DynamoWrite write = table().putIfAbsent(DynamoPageItem.item(page));
    return write.made() ? page : DynamoPageItem.row(write.inTheWay());
  }

  @Override
  default boolean recordFreeze(FreezeRow freeze) {
    return table()
        .put(
            DynamoFreezeItem.item(freeze),
            "attribute_not_exists(#pk) OR (#notSent = :notSent AND size(#thaws) = :onlyThat)",
            new DynamoAttributes().with("notSent", true).with("onlyThat", 1))
        .made();
  }

  @Override
  default void recordNotSent(
      RunId run, InstanceId instance, AttemptId attempt, FreezeRow.Thaw notSent) {
    table()
        .update(
            DynamoRunKey.freeze(run, instance, attempt),
            new DynamoUpdate(
                "SET #thaws.#thaw = :thaw, #notSent = :notSent",
                "attribute_exists(#pk)",
                new DynamoAttributes()
                    .withMap("thaw", DynamoFreezeItem.thaw(notSent))
                    .with("notSent", true),
                Map.of("#thaw", DynamoFreezeItem.thawKey(notSent))));
  }

  @Override
  default void recordThaw(RunId run, InstanceId instance, AttemptId attempt, FreezeRow.Thaw thaw) {
    DynamoAttributes values = new DynamoAttributes().withMap("thaw", DynamoFreezeItem.thaw(thaw));
    String condition = "attribute_exists(#pk)";
    if (!thaw.proved()) {
      values.with("unproved", false);
      condition += " AND (attribute_not_exists(#thaws.#thaw) OR #thaws.#thaw.#proved = :unproved)";
    }
    table()
        .update(
            DynamoRunKey.freeze(run, instance, attempt),
            new DynamoUpdate(
                "SET #thaws.#thaw = :thaw",
                condition,
                values,
                Map.of("#thaw", DynamoFreezeItem.thawKey(thaw))));
  }

  @Override
  default List<FreezeRow> freezes(RunId run, InstanceId instance) {
    return table()
        .query(
            "#pk = :run AND begins_with(#sk, :freezes)",
            new DynamoAttributes()
                .with("run", DynamoRunKey.partition(run))
                .with("freezes", DynamoRunKey.freezes(instance)))
        .stream()
        .map(DynamoFreezeItem::row)
        .sorted(comparing(FreezeRow::number))
        .toList();
  }

  /** A skip is not forever: another execution of the run may have begun before it. */
  @Override
  default OutcomeRow recordOutcome(OutcomeRow outcome) {
    boolean succeeded = outcome.status() == Status.SUCCEEDED;
    DynamoWrite write =
        table()
            .put(
                DynamoOutcomeItem.item(outcome),
                "attribute_not_exists(#pk) OR (#status %s :status AND #at <= :at)"
                    .formatted(succeeded ? "<>" : "="),
                new DynamoAttributes()
                    .with("status", (succeeded ? Status.SUCCEEDED : Status.FAILED).name())
                    .with("at", outcome.at()));
    return write.made() ? outcome : DynamoOutcomeItem.row(write.inTheWay());
  }

  @Override
  default Optional<OutcomeRow> outcome(RunId run, InstanceId instance) {
    return table().find(DynamoRunKey.outcome(run, instance)).map(DynamoOutcomeItem::row);
  }

  @Override
  default RunView run(RunId run) {
    List<DynamoAttributes> items =
        table()
            .query("#pk = :run", new DynamoAttributes().with("run", DynamoRunKey.partition(run)));
    return new RunView(
        rows(items, DynamoRunKey::isRun, DynamoRunItem::row).stream().findFirst(),
        rows(items, DynamoRunKey::isPage, DynamoPageItem::row),
        rows(items, DynamoRunKey::isFreeze, DynamoFreezeItem::row),
        rows(items, DynamoRunKey::isStop, DynamoStopItem::row),
        rows(items, DynamoRunKey::isOutcome, DynamoOutcomeItem::row));
  }

  @Override
  default List<RunId> runs(Instant from, Instant before) {
    return table()
        .query(
            LedgerTable.GROUP,
            "#groupKey = :runs AND #groupOrder BETWEEN :from AND :before",
            new DynamoAttributes()
                .with("runs", DynamoRunKey.ALL)
                .with("from", from)
                .with("before", before))
        .stream()
        .map(DynamoRunKey::run)
        .toList();
  }

  private static <T> List<T> rows(
      List<DynamoAttributes> items,
      Predicate<DynamoAttributes> kind,
      Function<DynamoAttributes, T> read) {
    return items.stream().filter(kind).map(read).toList();
  }

  @Override
  default boolean recordSummary(RunId run, RunSummary summary, String execution) {
    DynamoAttributes figures = DynamoRunItem.figures(summary);
    String news = "#summary.#by = :by OR " + figures.differing("#summary");
    DynamoWrite write =
        table()
            .update(
                DynamoRunKey.run(run),
                new DynamoUpdate(
                    "SET #summary = :summary",
                    "attribute_exists(#pk) AND (attribute_not_exists(#summary) OR (#summary.#at <= :at"
                        + " AND (%s)))".formatted(news),
                    figures
                        .withMap("summary", DynamoRunItem.summary(summary, execution))
                        .with("at", summary.at())
                        .with("by", execution)));
    if (!write.made() && write.inTheWay().isEmpty()) {
      throw new IllegalStateException(
          "summary of %s: expected a run that an execution has claimed, found none".formatted(run));
    }
    return write.made() || DynamoRunItem.isSummedUpBy(execution, write.inTheWay());
  }
}
