package dev.freezeframe.ledger.dynamo.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The definition of the ledger's table: keys, indexes, time to live. Every key is a string.
 *
 * <p>{@code docs/ledger.md} says what each is for.
 */
public final class LedgerTable {
  public static final String PARTITION_KEY = "pk";
  public static final String SORT_KEY = "sk";

  /** The attribute that holds the second of the epoch after which DynamoDB may drop an item. */
  public static final String TIME_TO_LIVE = "ttl";

  /** Snapshots that expire on a day, by time, in {@link #DUE_SHARDS} partitions a day. */
  public static final Index DUE =
      new Index(
          "due",
          "dueDay",
          Optional.of("expiresAt"),
          List.of(
              "setId", "policy", "instanceId", "pointInTime", "consistency", "terms", "setSize"));

  /** The sets of one policy and instance, by point in time; and all runs, by theirs. */
  public static final Index GROUP =
      new Index(
          "group",
          "groupKey",
          Optional.of("groupOrder"),
          List.of("state", "consistency", "expiresAt", "terms", "setSize"));

  /** The snapshots of one run. */
  public static final Index BY_RUN = new Index("by-run", "runKey", Optional.empty(), List.of());

  public static final List<Index> INDEXES = List.of(DUE, GROUP, BY_RUN);

  /** Into how many partitions of {@link #DUE} one day is split. */
  public static final int DUE_SHARDS = 8;

  private LedgerTable() {}

  /**
   * A global secondary index. A row without its keys is not in it.
   *
   * @param projected what it holds besides keys; empty: keys only
   */
  public record Index(
      String name, String partitionKey, Optional<String> sortKey, List<String> projected) {

    public Index {
      projected = List.copyOf(projected);
    }
  }

  /** The request that creates the table, paid by request, without its time to live. */
  public static CreateTableRequest createTable(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(
            keys()
                .map(
                    key ->
                        AttributeDefinition.builder()
                            .attributeName(key)
                            .attributeType(ScalarAttributeType.S)
                            .build())
                .toList())
        .keySchema(keySchema(PARTITION_KEY, Optional.of(SORT_KEY)))
        .globalSecondaryIndexes(INDEXES.stream().map(LedgerTable::globalIndex).toList())
        .build();
  }

  private static Stream<String> keys() {
    return Stream.concat(
            Stream.of(PARTITION_KEY, SORT_KEY),
            INDEXES.stream()
                .flatMap(
                    index -> Stream.concat(Stream.of(index.partitionKey), index.sortKey.stream())))
        .distinct();
  }

  private static GlobalSecondaryIndex globalIndex(Index index) {
    return GlobalSecondaryIndex.builder()
        .indexName(index.name)
        .keySchema(keySchema(index.partitionKey, index.sortKey))
        .projection(projection(index.projected))
        .build();
  }

  private static List<KeySchemaElement> keySchema(String partitionKey, Optional<String> sortKey) {
    List<KeySchemaElement> schema = new ArrayList<>();
    schema.add(element(partitionKey, KeyType.HASH));
    sortKey.ifPresent(key -> schema.add(element(key, KeyType.RANGE)));
    return schema;
  }

  private static KeySchemaElement element(String attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
  }

  private static Projection projection(List<String> attributes) {
    return attributes.isEmpty()
        ? Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build()
        : Projection.builder()
            .projectionType(ProjectionType.INCLUDE)
            .nonKeyAttributes(attributes)
            .build();
  }
}
