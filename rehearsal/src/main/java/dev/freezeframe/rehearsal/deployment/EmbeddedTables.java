package dev.freezeframe.rehearsal.deployment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** What DynamoDB says of tables; what is in them is asked of the database itself. */
public final class EmbeddedTables implements DynamoDbClient {
  private final DynamoDbClient contents;
  private final Map<String, TableDescription> tables = new TreeMap<>();

  public EmbeddedTables(DynamoDbClient contents) {
    this.contents = contents;
  }

  /**
   * A table that is active, or is as it was changed.
   *
   * @param isProtected from deletion
   */
  public void put(String name, boolean isProtected, List<String> indexes) {
    tables.put(
        name,
        TableDescription.builder()
            .tableName(name)
            .tableStatus(TableStatus.ACTIVE)
            .deletionProtectionEnabled(isProtected)
            .globalSecondaryIndexes(
                indexes.stream()
                    .map(
                        index ->
                            GlobalSecondaryIndexDescription.builder()
                                .indexName(index)
                                .indexStatus(IndexStatus.ACTIVE)
                                .build())
                    .toList())
            .build());
  }

  /** Somebody deletes a table. */
  public void delete(String name) {
    tables.remove(name);
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    Refusal.ofMoreThan(request, "TableName");
    TableDescription found = tables.get(request.tableName());
    if (found == null) {
      throw Refusal.of(
          ResourceNotFoundException.builder(),
          400,
          "ResourceNotFoundException",
          "Requested resource not found: Table: %s not found".formatted(request.tableName()));
    }
    return DescribeTableResponse.builder().table(found).build();
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return contents.getItem(request);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return contents.query(request);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
