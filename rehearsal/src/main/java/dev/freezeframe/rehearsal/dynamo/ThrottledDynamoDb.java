package dev.freezeframe.rehearsal.dynamo;

import dev.freezeframe.rehearsal.cloud.Operation;
import dev.freezeframe.rehearsal.cloud.SdkRetries;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The client of the tasks: reads and writes of items, through the door of the cloud. */
public final class ThrottledDynamoDb implements DynamoDbClient {
  /** From the caller and back. */
  public static final Duration LATENCY = Duration.ofMillis(6);

  private static final String THROTTLED = "Throughput exceeds the current capacity";

  private final SimulatedApi api;
  private final Supplier<DynamoDbClient> direct;
  private final SdkRetries retries;

  ThrottledDynamoDb(SimulatedApi api, Supplier<DynamoDbClient> direct, SdkRetries retries) {
    this.api = api;
    this.direct = direct;
    this.retries = retries;
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return read("GetItem", request, () -> direct.get().getItem(request));
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return read("BatchGetItem", request, () -> direct.get().batchGetItem(request));
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return read("Query", request, () -> direct.get().query(request));
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    return read("Scan", request, () -> direct.get().scan(request));
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return change("PutItem", request, () -> direct.get().putItem(request));
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return change("UpdateItem", request, () -> direct.get().updateItem(request));
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return change("DeleteItem", request, () -> direct.get().deleteItem(request));
  }

  private <T> T read(String name, DynamoDbRequest request, Supplier<T> effect) {
    return call(Operation.read("dynamodb:" + name, LATENCY), request, effect);
  }

  private <T> T change(String name, DynamoDbRequest request, Supplier<T> effect) {
    return call(Operation.change("dynamodb:" + name, LATENCY), request, effect);
  }

  private <T> T call(Operation operation, DynamoDbRequest request, Supplier<T> effect) {
    String table = request.getValueForField("TableName", String.class).orElse("");
    return retries.around(() -> api.call(operation, table, ThrottledDynamoDb::throttled, effect));
  }

  /** What DynamoDB answers over its rate. */
  public static AwsServiceException throttled() {
    return DynamoDbException.builder()
        .message(THROTTLED)
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName("DynamoDb")
                .errorCode("ThrottlingException")
                .errorMessage(THROTTLED)
                .build())
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** Leaves the table to others. */
  @Override
  public void close() {}
}
