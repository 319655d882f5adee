package dev.freezeframe.ledger.dynamo;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
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
 * Passes calls on, counts them, and adds up what they consume, indexes included.
 *
 * <p>DynamoDB does not say what a refused write consumed: one unit for each KB of the item that
 * stood in the way, which here is one.
 */
public final class MeteredDynamoDb implements DynamoDbClient {
  private static final ReturnConsumedCapacity ALL = ReturnConsumedCapacity.INDEXES;

  private final DynamoDbClient client;
  private final OptionalInt pageLimit;
  private int calls;
  private long rows;
  private double readUnits;
  private double writeUnits;

  public MeteredDynamoDb(DynamoDbClient client) {
    this(client, OptionalInt.empty());
  }

  /**
   * A client whose queries answer in small pages.
   *
   * @param pageLimit the most items that a query answers at once; empty: as many as fit in 1 MB
   */
  MeteredDynamoDb(DynamoDbClient client, OptionalInt pageLimit) {
    this.client = client;
    this.pageLimit = pageLimit;
  }

  int calls() {
    return calls;
  }

  /** How many items and entries reads have looked at. */
  long rows() {
    return rows;
  }

  public double readUnits() {
    return readUnits;
  }

  public double writeUnits() {
    return writeUnits;
  }

  void reset() {
    calls = 0;
    rows = 0;
    readUnits = 0;
    writeUnits = 0;
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    PutItemRequest metered = request.toBuilder().returnConsumedCapacity(ALL).build();
    PutItemResponse response = write(() -> client.putItem(metered));
    writeUnits += response.consumedCapacity().capacityUnits();
    return response;
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    UpdateItemRequest metered = request.toBuilder().returnConsumedCapacity(ALL).build();
    UpdateItemResponse response = write(() -> client.updateItem(metered));
    writeUnits += response.consumedCapacity().capacityUnits();
    return response;
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    DeleteItemRequest metered = request.toBuilder().returnConsumedCapacity(ALL).build();
    DeleteItemResponse response = write(() -> client.deleteItem(metered));
    writeUnits += response.consumedCapacity().capacityUnits();
    return response;
  }

  private <T> T write(Supplier<T> call) {
    calls++;
    try {
      return call.get();
    } catch (ConditionalCheckFailedException refused) {
      writeUnits++;
      throw refused;
    }
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    calls++;
    GetItemResponse response =
        client.getItem(request.toBuilder().returnConsumedCapacity(ALL).build());
    rows++;
    readUnits += response.consumedCapacity().capacityUnits();
    return response;
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    calls++;
    BatchGetItemResponse response =
        client.batchGetItem(request.toBuilder().returnConsumedCapacity(ALL).build());
    rows += response.responses().values().stream().mapToInt(List::size).sum();
    readUnits += sum(response.consumedCapacity());
    return response;
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    calls++;
    ScanResponse response = client.scan(request.toBuilder().returnConsumedCapacity(ALL).build());
    rows += response.scannedCount();
    readUnits += response.consumedCapacity().capacityUnits();
    return response;
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    calls++;
    QueryRequest.Builder metered = request.toBuilder().returnConsumedCapacity(ALL);
    pageLimit.ifPresent(metered::limit);
    QueryResponse response = client.query(metered.build());
    rows += response.scannedCount();
    readUnits += response.consumedCapacity().capacityUnits();
    return response;
  }

  private static double sum(List<ConsumedCapacity> capacities) {
    return capacities.stream().mapToDouble(ConsumedCapacity::capacityUnits).sum();
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  @Override
  public void close() {}
}
