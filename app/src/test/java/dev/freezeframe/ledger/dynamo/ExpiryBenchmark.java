package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.ledger.EverythingLives;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.retention.DeletionLimit;
import dev.freezeframe.retention.ExpiryPlanner;
import dev.freezeframe.retention.PlanDraft;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * What it costs to find out what is due: our plan, and the EBS lifecycle scripts, which read the
 * whole table and compares each row. Same table, same machine: {@code app/bench-expiry ROWS DUE}.
 */
final class ExpiryBenchmark {
  private static final int BATCH = 25;

  /**
   * More rows than the 1 MB of a page holds, so that neither pages nor units depend on it. Without
   * a limit DynamoDB Local makes objects of all that is left of the table before it cuts the page,
   * which is quadratic over all pages, and no such thing in DynamoDB.
   */
  static final int BEYOND_A_PAGE = 2_000;

  private final DynamoDbClient client;
  private final String table;
  private final KeptFleet fleet;

  private ExpiryBenchmark(DynamoDbClient client, String table, KeptFleet fleet) {
    this.client = client;
    this.table = table;
    this.fleet = fleet;
  }

  public static void main(String[] arguments) {
    KeptFleet fleet = new KeptFleet(number(arguments, 0, 1_000_000), number(arguments, 1, 500));
    PrintStream out = System.out;
    ExpiryBenchmark benchmark = of(fleet, ExpiryBenchmark::tell);
    out.printf(
        "| way | rows kept | found due | calls | rows read | read units | seconds | of a core |%n");
    out.printf("|---|--:|--:|--:|--:|--:|--:|--:|%n");
    benchmark.plan().print(out, fleet.rows());
    benchmark.scan().print(out, fleet.rows());
    System.exit(0);
  }

  private static void tell(long rows) {
    if (rows % 50_000 == 0) {
      System.err.printf("%,d rows written%n", rows);
    }
  }

  private static int number(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  /** Fills a table of its own. */
  static ExpiryBenchmark of(KeptFleet fleet, LongConsumer progress) {
    ExpiryBenchmark benchmark =
        new ExpiryBenchmark(LocalTables.client(), LocalTables.create(), fleet);
    benchmark.fill(progress);
    return benchmark;
  }

  private void fill(LongConsumer progress) {
    List<WriteRequest> batch = new ArrayList<>();
    long written = 0;
    for (var items = fleet.items().iterator(); items.hasNext(); ) {
      PutRequest put = PutRequest.builder().item(items.next().asMap()).build();
      batch.add(WriteRequest.builder().putRequest(put).build());
      if (batch.size() == BATCH || !items.hasNext()) {
        client.batchWriteItem(
            BatchWriteItemRequest.builder().requestItems(Map.of(table, batch)).build());
        written += batch.size();
        progress.accept(written);
        batch = new ArrayList<>();
      }
    }
    new DynamoLedger(client, table)
        .beginDueFrom(
            KeptFleet.NOW.minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC).toLocalDate());
  }

  /** Ours. */
  Cost plan() {
    return measure(
        "our plan",
        client ->
            () -> {
              ExpiryPlanner planner =
                  new ExpiryPlanner(new DynamoLedger(client, table), new EverythingLives(fleet));
              Optional<PlanDraft> draft =
                  Optional.of(planner.begin("plan-" + client.calls(), KeptFleet.NOW));
              ExpiryPlanner.Result result;
              do {
                result =
                    planner.goOn(draft.get(), "execution", DeletionLimit.DEFAULT, KeptFleet.NOW);
                draft = result.draft();
              } while (draft.isPresent());
              return result.plan().snapshots();
            });
  }

  /** What retention reads of one group, whole. */
  Cost group() {
    return measure(
        "a group",
        client ->
            () ->
                new DynamoLedger(client, table)
                    .members(new GroupKey(KeptFleet.POLICY, new InstanceId("i-%017x".formatted(0))))
                    .size());
  }

  /** The EBS lifecycle scripts': every row is read, and its age compared. */
  Cost scan() {
    return scan(ScanRequest.builder().limit(BEYOND_A_PAGE));
  }

  Cost scan(ScanRequest.Builder request) {
    return measure("scan and compare", client -> () -> over(client, request));
  }

  private long over(DynamoDbClient client, ScanRequest.Builder request) {
    return client.scanPaginator(request.tableName(table).build()).items().stream()
        .map(DynamoAttributes::new)
        .filter(DynamoSnapshotItem::isRow)
        .filter(item -> !item.instant("expiresAt").isAfter(KeptFleet.NOW))
        .count();
  }

  private Cost measure(String way, Function<MeteredDynamoDb, LongSupplier> work) {
    MeteredDynamoDb metered = new MeteredDynamoDb(client);
    LongSupplier timed = work.apply(metered);
    Duration busy = busy();
    Instant begin = Instant.now();
    long found = timed.getAsLong();
    return new Cost(
        way,
        found,
        metered.calls(),
        metered.rows(),
        metered.readUnits(),
        Duration.between(begin, Instant.now()),
        busy().minus(busy));
  }

  /** What all threads have had of the processor: it does not depend on what runs beside. */
  private static Duration busy() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  /** What one way cost. */
  record Cost(
      String way,
      long found,
      int calls,
      long rows,
      double readUnits,
      Duration wall,
      Duration processor) {
    private void print(PrintStream out, int kept) {
      out.printf(
          "| %s | %,d | %,d | %,d | %,d | %,.0f | %.1f | %.1f |%n",
          way, kept, found, calls, rows, readUnits, seconds(wall), seconds(processor));
    }

    private static double seconds(Duration duration) {
      return duration.toMillis() / 1000.0;
    }
  }
}
