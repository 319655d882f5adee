package dev.freezeframe.rehearsal.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.rehearsal.dynamo.table.InMemoryDynamoDb;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Carries out every request in the tables in memory and in DynamoDB Local, and fails where the two
 * answer differently, then and in {@link #compareTables}. What it returns is DynamoDB Local's, with
 * the units that it counts.
 *
 * <p>One at a time: all share one DynamoDB Local, which the next empties. Tables that only DynamoDB
 * Local has are not compared.
 */
public final class JudgedDynamoDb implements DynamoDbClient {
  private static final boolean NO_TELEMETRY = true;
  private static final DynamoDbClient LOCAL =
      DynamoDBEmbedded.create(NO_TELEMETRY).dynamoDbClient();

  /** The tables in memory count no units. */
  private static final ReturnConsumedCapacity NOT_ASKED = null;

  private final DynamoDbClient memory;
  private final String table;
  private int compared;
  private Optional<AssertionError> difference = Optional.empty();

  /**
   * Compares a table in memory, which is empty and of the ledger's definition.
   *
   * @param memory the client that has it
   */
  public JudgedDynamoDb(DynamoDbClient memory, String table) {
    this.memory = memory;
    this.table = table;
    LOCAL.listTables().tableNames().forEach(name -> LOCAL.deleteTable(r -> r.tableName(name)));
    LOCAL.createTable(LedgerTable.createTable(table));
  }

  /** Makes a pair of empty tables. */
  public static JudgedDynamoDb ofEmpty(String table) {
    InMemoryDynamoDb memory = new InMemoryDynamoDb();
    memory.createTable(LedgerTable.createTable(table));
    return new JudgedDynamoDb(memory, table);
  }

  /** DynamoDB Local alone. */
  public static DynamoDbClient local() {
    return LOCAL;
  }

  /** How many requests were compared. */
  public int compared() {
    return compared;
  }

  /**
   * Fails if any answer differed, even where its caller took no notice, or if the tables hold
   * different items.
   */
  public void compareTables() {
    difference.ifPresent(
        found -> {
          throw found;
        });
    assertThat(all(memory)).isEqualTo(all(LOCAL));
  }

  private List<Map<String, Object>> all(DynamoDbClient client) {
    return client.scanPaginator(r -> r.tableName(table)).items().stream()
        .map(JudgedDynamoDb::plain)
        .sorted(
            Comparator.comparing(
                (Map<String, Object> item) -> item.get("pk") + "\0" + item.get("sk")))
        .toList();
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return judged(
        request,
        () -> memory.getItem(request.toBuilder().returnConsumedCapacity(NOT_ASKED).build()),
        () -> LOCAL.getItem(request),
        response -> response.hasItem() ? plain(response.item()) : "none");
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return judged(
        request,
        () -> memory.batchGetItem(request.toBuilder().returnConsumedCapacity(NOT_ASKED).build()),
        () -> LOCAL.batchGetItem(request),
        response -> inNoOrder(response.responses().get(table)));
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return judged(
        request,
        () -> memory.query(request.toBuilder().returnConsumedCapacity(NOT_ASKED).build()),
        () -> LOCAL.query(request),
        response -> told(request, response));
  }

  /** What has one sort key in an index has no order. */
  private static Object told(QueryRequest request, QueryResponse response) {
    Optional<String> sort =
        request.indexName() == null
            ? Optional.of(LedgerTable.SORT_KEY)
            : LedgerTable.INDEXES.stream()
                .filter(index -> index.name().equals(request.indexName()))
                .findFirst()
                .orElseThrow()
                .sortKey();
    // DynamoDB says where to go on wherever it met a limit; DynamoDB Local only if more is there.
    boolean limited = request.limit() != null && request.limit().equals(response.count());
    return List.of(
        sort.map(key -> response.items().stream().map(item -> item.get(key)).toList())
            .orElse(List.of()),
        inNoOrder(response.items()),
        limited ? "limited" : plain(response.lastEvaluatedKey()),
        response.count(),
        response.scannedCount());
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    return judged(
        request,
        () -> memory.scan(request.toBuilder().returnConsumedCapacity(NOT_ASKED).build()),
        () -> LOCAL.scan(request),
        response -> inNoOrder(response.items()));
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return judged(
        request,
        () -> memory.putItem(request.toBuilder().returnConsumedCapacity(NOT_ASKED).build()),
        () -> LOCAL.putItem(request),
        response -> "put");
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return judged(
        request,
        () -> memory.updateItem(request.toBuilder().returnConsumedCapacity(NOT_ASKED).build()),
        () -> LOCAL.updateItem(request),
        response -> "updated");
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return judged(
        request,
        () -> memory.deleteItem(request.toBuilder().returnConsumedCapacity(NOT_ASKED).build()),
        () -> LOCAL.deleteItem(request),
        response -> "deleted");
  }

  private synchronized <T> T judged(
      DynamoDbRequest request, Supplier<T> mine, Supplier<T> theirs, Function<T, Object> answer) {
    String members = request.toString();
    if (!members.contains("TableName=" + table + ",") && !members.contains("{" + table + "=")) {
      return theirs.get();
    }
    compared++;
    Answer<T> judge = Answer.of(theirs, answer);
    try {
      assertThat(Answer.of(mine, answer).told())
          .as("the answer of the table in memory, beside that of DynamoDB Local, to %s", request)
          .isEqualTo(judge.told());
    } catch (AssertionError differs) {
      difference = difference.or(() -> Optional.of(differs));
      throw differs;
    }
    return judge.give();
  }

  /**
   * A response or a refusal.
   *
   * @param told what is compared of it
   */
  private record Answer<T>(
      Optional<T> response, Optional<AwsServiceException> refusal, Object told) {

    static <T> Answer<T> of(Supplier<T> call, Function<T, Object> answer) {
      try {
        T response = call.get();
        return new Answer<>(Optional.of(response), Optional.empty(), answer.apply(response));
      } catch (ConditionalCheckFailedException refused) {
        return new Answer<>(
            Optional.empty(),
            Optional.of(refused),
            List.of("condition", refused.hasItem() ? plain(refused.item()) : "none"));
      } catch (AwsServiceException refused) {
        return new Answer<>(
            Optional.empty(),
            Optional.of(refused),
            List.of(refused.getClass(), refused.awsErrorDetails().errorCode()));
      }
    }

    T give() {
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      return response.orElseThrow();
    }
  }

  private static List<String> inNoOrder(List<Map<String, AttributeValue>> items) {
    return Stream.ofNullable(items)
        .flatMap(List::stream)
        .map(item -> plain(item).toString())
        .sorted()
        .toList();
  }

  /** Sets have no order. */
  private static Map<String, Object> plain(Map<String, AttributeValue> attributes) {
    Map<String, Object> plain = new TreeMap<>();
    attributes.forEach((name, value) -> plain.put(name, plain(value)));
    return plain;
  }

  private static Object plain(AttributeValue value) {
    return switch (value.type()) {
      case M -> plain(value.m());
      case L -> value.l().stream().map(JudgedDynamoDb::plain).toList();
      case SS -> new TreeSet<>(value.ss());
      // DynamoDB Local keeps the zeros of a number in a map, DynamoDB does not.
      case N -> new BigDecimal(value.n()).stripTrailingZeros();
      default -> value.toString();
    };
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
