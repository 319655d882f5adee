package dev.freezeframe.operator.cli;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Passes on what only reads, by key, and says what that was; everything else is unsupported. */
public final class ReadOnlyDynamoDb implements DynamoDbClient {
  private final DynamoDbClient client;
  private final List<String> calls = new ArrayList<>();

  public ReadOnlyDynamoDb(DynamoDbClient client) {
    this.client = client;
  }

  public List<String> calls() {
    return calls;
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    calls.add("GetItem");
    return client.getItem(request);
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    calls.add("BatchGetItem");
    return client.batchGetItem(request);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    calls.add("Query");
    return client.query(request);
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  /** Leaves the table to others. */
  @Override
  public void close() {}
}
