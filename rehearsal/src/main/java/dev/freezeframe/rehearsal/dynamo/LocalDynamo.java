package dev.freezeframe.rehearsal.dynamo;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import com.amazonaws.services.dynamodbv2.local.shared.access.awssdkv2.converters.AwsServiceExceptionConverter;
import com.amazonaws.services.dynamodbv2.model.BatchGetItemResult;
import com.amazonaws.services.dynamodbv2.model.ConditionalCheckFailedException;
import com.amazonaws.services.dynamodbv2.model.QueryResult;
import com.amazonaws.services.dynamodbv2.model.ScanResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * DynamoDB Local behind the client of our SDK.
 *
 * <p>It has such a client of its own, which writes every request and answer as JSON and reads it
 * again. What the ledger asks all the time is translated field by field instead; everything else
 * goes through that client.
 */
final class LocalDynamo implements DynamoDbClient {
  private final AmazonDynamoDBLocal local;
  private final AmazonDynamoDB fast;
  private DynamoDbClient general;

  LocalDynamo(AmazonDynamoDBLocal local) {
    this.local = local;
    this.fast = local.amazonDynamoDB();
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    if (!LocalRequests.translates(request)) {
      return general().getItem(request);
    }
    var item = refusing(() -> fast.getItem(LocalRequests.of(request))).getItem();
    return GetItemResponse.builder().item(Attributes.fromLocal(item)).build();
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    if (!LocalRequests.translates(request)) {
      return general().batchGetItem(request);
    }
    BatchGetItemResult result = refusing(() -> fast.batchGetItem(LocalRequests.of(request)));
    if (!result.getUnprocessedKeys().isEmpty()) { // More than one answer can hold; rare.
      return general().batchGetItem(request);
    }
    Map<String, List<Map<String, AttributeValue>>> responses = new HashMap<>();
    result
        .getResponses()
        .forEach(
            (table, items) -> responses.put(table, Attributes.each(items, Attributes::fromLocal)));
    return BatchGetItemResponse.builder().responses(responses).unprocessedKeys(Map.of()).build();
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    if (!LocalRequests.translates(request)) {
      return general().query(request);
    }
    QueryResult result = refusing(() -> fast.query(LocalRequests.of(request)));
    return QueryResponse.builder()
        .items(Attributes.each(result.getItems(), Attributes::fromLocal))
        .lastEvaluatedKey(Attributes.fromLocal(result.getLastEvaluatedKey()))
        .count(result.getCount())
        .scannedCount(result.getScannedCount())
        .build();
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    if (!LocalRequests.translates(request)) {
      return general().scan(request);
    }
    ScanResult result = refusing(() -> fast.scan(LocalRequests.of(request)));
    return ScanResponse.builder()
        .items(Attributes.each(result.getItems(), Attributes::fromLocal))
        .lastEvaluatedKey(Attributes.fromLocal(result.getLastEvaluatedKey()))
        .count(result.getCount())
        .scannedCount(result.getScannedCount())
        .build();
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    if (!LocalRequests.translates(request)) {
      return general().putItem(request);
    }
    refusing(() -> fast.putItem(LocalRequests.of(request)));
    return PutItemResponse.builder().build();
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    if (!LocalRequests.translates(request)) {
      return general().updateItem(request);
    }
    refusing(() -> fast.updateItem(LocalRequests.of(request)));
    return UpdateItemResponse.builder().build();
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    if (!LocalRequests.translates(request)) {
      return general().deleteItem(request);
    }
    refusing(() -> fast.deleteItem(LocalRequests.of(request)));
    return DeleteItemResponse.builder().build();
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return general().batchWriteItem(request);
  }

  @Override
  public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    return general().transactGetItems(request);
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    return general().transactWriteItems(request);
  }

  @Override
  public CreateTableResponse createTable(CreateTableRequest request) {
    return general().createTable(request);
  }

  void deleteTables() {
    List.copyOf(fast.listTables().getTableNames()).forEach(fast::deleteTable);
  }

  /** Made when it is needed: it is slow to make. */
  private DynamoDbClient general() {
    if (general == null) {
      general = local.dynamoDbClient();
    }
    return general;
  }

  private static <T> T refusing(Supplier<T> call) {
    try {
      return call.get();
    } catch (ConditionalCheckFailedException refused) {
      throw failed(refused);
    } catch (AmazonServiceException refused) {
      throw AwsServiceExceptionConverter.convert(refused);
    }
  }

  private static RuntimeException failed(ConditionalCheckFailedException refused) {
    return software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException.builder()
        .item(Attributes.fromLocal(refused.getItem()))
        .requestId(refused.getRequestId())
        .statusCode(refused.getStatusCode())
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorMessage(refused.getErrorMessage())
                .errorCode(refused.getErrorCode())
                .serviceName(refused.getServiceName())
                .build())
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    local.shutdown();
  }
}
