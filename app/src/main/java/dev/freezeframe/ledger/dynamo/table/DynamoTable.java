package dev.freezeframe.ledger.dynamo.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The calls that the ledger makes to its table, and no others: every write has a condition, but for
 * those of items that a single execution writes, and nothing reads more than it returns.
 *
 * <p>Attributes in expressions are written {@code #name}, since DynamoDB reserves many names.
 */
public final class DynamoTable {
  private static final Pattern NAME = Pattern.compile("#\\w+");

  /** The most that BatchGetItem takes. */
  private static final int BATCH = 100;

  private final DynamoDbClient client;
  private final String table;

  public DynamoTable(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** Puts an item unless one has its key. */
  public DynamoWrite putIfAbsent(DynamoAttributes item) {
    return put(item, "attribute_not_exists(#pk)", new DynamoAttributes());
  }

  public DynamoWrite put(DynamoAttributes item, String condition, DynamoAttributes values) {
    PutItemRequest.Builder request =
        PutItemRequest.builder()
            .tableName(table)
            .item(item.asMap())
            .conditionExpression(condition)
            .expressionAttributeNames(names(condition, Map.of()))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    placeholders(values).ifPresent(request::expressionAttributeValues);
    try {
      client.putItem(request.build());
      return DynamoWrite.MADE;
    } catch (ConditionalCheckFailedException refused) {
      return DynamoWrite.refused(new DynamoAttributes(refused.item()));
    }
  }

  /** Puts an item in place of the one that is there: for what a single execution writes. */
  public void replace(DynamoAttributes item) {
    client.putItem(PutItemRequest.builder().tableName(table).item(item.asMap()).build());
  }

  public DynamoWrite update(DynamoAttributes key, DynamoUpdate update) {
    UpdateItemRequest.Builder request =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(key.asMap())
            .updateExpression(update.expression())
            .conditionExpression(update.condition())
            .expressionAttributeNames(
                names(update.expression() + " " + update.condition(), update.aliases()))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    placeholders(update.values()).ifPresent(request::expressionAttributeValues);
    try {
      client.updateItem(request.build());
      return DynamoWrite.MADE;
    } catch (ConditionalCheckFailedException refused) {
      return DynamoWrite.refused(new DynamoAttributes(refused.item()));
    }
  }

  /** Deletes an item under a condition. */
  public DynamoWrite delete(DynamoAttributes key, String condition, DynamoAttributes values) {
    DeleteItemRequest.Builder request =
        DeleteItemRequest.builder()
            .tableName(table)
            .key(key.asMap())
            .conditionExpression(condition)
            .expressionAttributeNames(names(condition, Map.of()))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    placeholders(values).ifPresent(request::expressionAttributeValues);
    try {
      client.deleteItem(request.build());
      return DynamoWrite.MADE;
    } catch (ConditionalCheckFailedException refused) {
      return DynamoWrite.refused(new DynamoAttributes(refused.item()));
    }
  }

  /** One item, as all earlier writes left it. */
  public Optional<DynamoAttributes> find(DynamoAttributes key) {
    Map<String, AttributeValue> item =
        client
            .getItem(
                GetItemRequest.builder()
                    .tableName(table)
                    .key(key.asMap())
                    .consistentRead(true)
                    .build())
            .item();
    return item.isEmpty() ? Optional.empty() : Optional.of(new DynamoAttributes(item));
  }

  /** The items with some keys, none of which may be there twice, in no order. */
  public List<DynamoAttributes> findAll(List<DynamoAttributes> keys) {
    List<DynamoAttributes> items = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += BATCH) {
      KeysAndAttributes batch =
          KeysAndAttributes.builder()
              .keys(
                  keys.subList(from, Math.min(from + BATCH, keys.size())).stream()
                      .map(DynamoAttributes::asMap)
                      .toList())
              .consistentRead(true)
              .build();
      // The paginator asks again for what came back unprocessed.
      client
          .batchGetItemPaginator(
              BatchGetItemRequest.builder().requestItems(Map.of(table, batch)).build())
          .forEach(
              page ->
                  page.responses()
                      .getOrDefault(table, List.of())
                      .forEach(item -> items.add(new DynamoAttributes(item))));
    }
    return items;
  }

  /** All items that match, in the order of their sort key, as all earlier writes left them. */
  public List<DynamoAttributes> query(String condition, DynamoAttributes values) {
    return query(condition, values, QueryRequest.builder().consistentRead(true));
  }

  /** All entries of an index that match; the newest writes may be missing. */
  public List<DynamoAttributes> query(
      LedgerTable.Index index, String condition, DynamoAttributes values) {
    return query(condition, values, QueryRequest.builder().indexName(index.name()));
  }

  /** The items of which such entries tell, in no order, as all earlier writes left them. */
  public List<DynamoAttributes> queryItems(
      LedgerTable.Index index, String condition, DynamoAttributes values) {
    return findAll(
        query(index, condition, values).stream().map(DynamoAttributes::itemKey).toList());
  }

  /** The items of one partition that match, up to so many, as all earlier writes left them. */
  public List<DynamoAttributes> first(String condition, DynamoAttributes values, int most) {
    return client
        .query(request(condition, values, QueryRequest.builder().consistentRead(true).limit(most)))
        .items()
        .stream()
        .map(DynamoAttributes::new)
        .toList();
  }

  /** The same a page at a time, as far as the caller gets. */
  public Stream<DynamoAttributes> stream(
      LedgerTable.Index index, String condition, DynamoAttributes values) {
    return client
        .queryPaginator(request(condition, values, QueryRequest.builder().indexName(index.name())))
        .items()
        .stream()
        .map(DynamoAttributes::new);
  }

  private List<DynamoAttributes> query(
      String condition, DynamoAttributes values, QueryRequest.Builder request) {
    return client.queryPaginator(request(condition, values, request)).items().stream()
        .map(DynamoAttributes::new)
        .toList();
  }

  private QueryRequest request(
      String condition, DynamoAttributes values, QueryRequest.Builder request) {
    return request
        .tableName(table)
        .keyConditionExpression(condition)
        .expressionAttributeNames(names(condition, Map.of()))
        .expressionAttributeValues(values.asPlaceholders().asMap())
        .build();
  }

  private static Map<String, String> names(String expression, Map<String, String> aliases) {
    Map<String, String> names = new HashMap<>();
    NAME.matcher(expression)
        .results()
        .map(MatchResult::group)
        .forEach(name -> names.put(name, aliases.getOrDefault(name, name.substring(1))));
    return names;
  }

  /** DynamoDB refuses an empty map of values. */
  private static Optional<Map<String, AttributeValue>> placeholders(DynamoAttributes values) {
    return values.isEmpty() ? Optional.empty() : Optional.of(values.asPlaceholders().asMap());
  }
}
