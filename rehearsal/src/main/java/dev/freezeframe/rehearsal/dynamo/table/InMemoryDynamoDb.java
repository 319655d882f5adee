package dev.freezeframe.rehearsal.dynamo.table;

import dev.freezeframe.rehearsal.cloud.KnownMembers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Tables of DynamoDB in memory: the requests that the ledger makes, and no others. A member of a
 * request, a word of an expression or a type of value that is not known is refused with an {@link
 * IllegalArgumentException}. Everything is consistent at once, indexes too; nothing expires.
 */
public final class InMemoryDynamoDb implements DynamoDbClient {
  /** "BatchGetItem" in the API reference. */
  private static final int MAX_KEYS = 100;

  private static final int MAX_BATCH_BYTES = 16 * 1024 * 1024;

  private static final Set<String> CREATE =
      Set.of(
          "TableName",
          "BillingMode",
          "AttributeDefinitions",
          "KeySchema",
          "GlobalSecondaryIndexes");
  private static final Set<String> GET = Set.of("TableName", "Key", "ConsistentRead");
  private static final Set<String> BATCH = Set.of("Keys", "ConsistentRead");
  private static final Set<String> QUERY =
      Set.of(
          "TableName",
          "IndexName",
          "KeyConditionExpression",
          "ExpressionAttributeNames",
          "ExpressionAttributeValues",
          "ConsistentRead",
          "Limit",
          "ExclusiveStartKey");
  private static final Set<String> SCAN =
      Set.of("TableName", "ConsistentRead", "Limit", "ExclusiveStartKey");
  private static final Set<String> WRITE =
      Set.of(
          "TableName",
          "Item",
          "Key",
          "UpdateExpression",
          "ConditionExpression",
          "ExpressionAttributeNames",
          "ExpressionAttributeValues",
          "ReturnValuesOnConditionCheckFailure");

  private final Map<String, Table> tables = new HashMap<>();

  @Override
  public synchronized CreateTableResponse createTable(CreateTableRequest request) {
    refuseUnknown(request, CREATE);
    if (tables.putIfAbsent(request.tableName(), new Table(request)) != null) {
      throw new IllegalArgumentException(
          "expected the name of a new table, found " + request.tableName());
    }
    return CreateTableResponse.builder().build();
  }

  @Override
  public synchronized GetItemResponse getItem(GetItemRequest request) {
    refuseUnknown(request, GET);
    Item item = table(request.tableName()).find(request.key());
    return GetItemResponse.builder().item(item == null ? null : item.attributes()).build();
  }

  @Override
  public synchronized BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    refuseUnknown(request, Set.of("RequestItems"));
    Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
    Map<String, KeysAndAttributes> unprocessed = new HashMap<>();
    int keys = 0;
    int size = 0;
    for (Map.Entry<String, KeysAndAttributes> batch : request.requestItems().entrySet()) {
      refuseUnknown(batch.getValue(), BATCH);
      Table table = table(batch.getKey());
      List<Map<String, AttributeValue>> left = new ArrayList<>();
      List<Map<String, AttributeValue>> items = new ArrayList<>();
      if (new HashSet<>(batch.getValue().keys()).size() < batch.getValue().keys().size()) {
        throw Refusal.invalid("Provided list of item keys contains duplicates");
      }
      keys += batch.getValue().keys().size();
      for (Map<String, AttributeValue> key : batch.getValue().keys()) {
        Item item = table.find(key);
        size += item == null ? 0 : item.size();
        if (size > MAX_BATCH_BYTES) {
          left.add(key);
        } else if (item != null) {
          items.add(item.attributes());
        }
      }
      found.put(batch.getKey(), items);
      if (!left.isEmpty()) {
        unprocessed.put(batch.getKey(), batch.getValue().toBuilder().keys(left).build());
      }
    }
    if (keys == 0 || keys > MAX_KEYS) {
      throw Refusal.invalid("Too many items requested for the BatchGetItem call");
    }
    return BatchGetItemResponse.builder().responses(found).unprocessedKeys(unprocessed).build();
  }

  @Override
  public synchronized QueryResponse query(QueryRequest request) {
    refuseUnknown(request, QUERY);
    Table table = table(request.tableName());
    Index index = request.indexName() == null ? null : table.index(request.indexName());
    if (index != null && Boolean.TRUE.equals(request.consistentRead())) {
      throw Refusal.invalid("Consistent reads are not supported on global secondary indexes");
    }
    Expression<Condition> expression = Expression.condition(request.keyConditionExpression());
    Placeholders given =
        new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues());
    given.check(expression.placeholders());
    KeySchema keys = index == null ? table.keys() : index.keys();
    KeyCondition condition = KeyCondition.of(expression.parsed(), keys, given);
    NavigableMap<Entries.Place, Item> entries =
        (index == null ? table.items() : index.entries()).partition(condition.partition());
    Map<String, AttributeValue> start = request.exclusiveStartKey();
    NavigableMap<Entries.Place, Item> following =
        request.hasExclusiveStartKey()
            ? entries.tailMap(index == null ? table.place(start) : index.place(start), false)
            : entries.tailMap(Entries.Place.before(condition.from()), true);
    Page page =
        Page.of(condition.in(following.values().stream(), keys, given).iterator(), request.limit());
    QueryResponse.Builder response =
        QueryResponse.builder()
            .items(page.items())
            .count(page.items().size())
            .scannedCount(page.items().size());
    if (!page.isLast()) {
      response.lastEvaluatedKey(
          index == null ? table.keys().of(page.lastItem()) : index.key(page.lastItem()));
    }
    return response.build();
  }

  /** In the order of the keys, where DynamoDB has none. */
  @Override
  public synchronized ScanResponse scan(ScanRequest request) {
    refuseUnknown(request, SCAN);
    Table table = table(request.tableName());
    List<Item> all = table.all();
    int from =
        request.hasExclusiveStartKey()
            ? all.indexOf(table.find(request.exclusiveStartKey())) + 1
            : 0;
    Page page = Page.of(all.subList(from, all.size()).iterator(), request.limit());
    ScanResponse.Builder response =
        ScanResponse.builder()
            .items(page.items())
            .count(page.items().size())
            .scannedCount(page.items().size());
    if (!page.isLast()) {
      response.lastEvaluatedKey(table.keys().of(page.lastItem()));
    }
    return response.build();
  }

  @Override
  public synchronized PutItemResponse putItem(PutItemRequest request) {
    refuseUnknown(request, WRITE);
    Table table = table(request.tableName());
    Placeholders given =
        new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues());
    table.keys().checkIn(request.item());
    Item before =
        table.keys().in(request.item()) ? table.find(table.keys().of(request.item())) : null;
    given.check(used(request.conditionExpression(), Set.of()));
    check(
        request.conditionExpression(),
        given,
        before,
        request.returnValuesOnConditionCheckFailure());
    table.put(request.item());
    return PutItemResponse.builder().build();
  }

  @Override
  public synchronized UpdateItemResponse updateItem(UpdateItemRequest request) {
    refuseUnknown(request, WRITE);
    Table table = table(request.tableName());
    Placeholders given =
        new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues());
    Expression<Update> update = Expression.update(request.updateExpression());
    given.check(used(request.conditionExpression(), update.placeholders()));
    update.parsed().check(given);
    Item before = table.find(request.key());
    check(
        request.conditionExpression(),
        given,
        before,
        request.returnValuesOnConditionCheckFailure());
    table.put(
        update
            .parsed()
            .of(before == null ? request.key() : before.attributes(), table.keys(), given));
    return UpdateItemResponse.builder().build();
  }

  @Override
  public synchronized DeleteItemResponse deleteItem(DeleteItemRequest request) {
    refuseUnknown(request, WRITE);
    Table table = table(request.tableName());
    Placeholders given =
        new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues());
    given.check(used(request.conditionExpression(), Set.of()));
    check(
        request.conditionExpression(),
        given,
        table.find(request.key()),
        request.returnValuesOnConditionCheckFailure());
    table.remove(request.key());
    return DeleteItemResponse.builder().build();
  }

  /** The placeholders of a condition, if there is one, and others. */
  private static Set<String> used(String condition, Set<String> others) {
    Set<String> used = new HashSet<>(others);
    if (condition != null) {
      used.addAll(Expression.condition(condition).placeholders());
    }
    return used;
  }

  /**
   * Checks the condition of a write, if it has one.
   *
   * @param before the item with the key; null if the table has no such item
   */
  private static void check(
      String condition,
      Placeholders given,
      Item before,
      ReturnValuesOnConditionCheckFailure asked) {
    if (condition != null
        && !Expression.condition(condition)
            .parsed()
            .holds(before == null ? Map.of() : before.attributes(), given)) {
      boolean told = asked == ReturnValuesOnConditionCheckFailure.ALL_OLD && before != null;
      throw Refusal.conditionFailed(told ? before.attributes() : null);
    }
  }

  private Table table(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw Refusal.noTable(name);
    }
    return table;
  }

  private static void refuseUnknown(SdkPojo request, Set<String> known) {
    KnownMembers.unknown(request, known)
        .ifPresent(
            member -> {
              throw new IllegalArgumentException(
                  "%s: expected members that the ledger sets, found %s"
                      .formatted(request.getClass().getSimpleName(), member));
            });
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
