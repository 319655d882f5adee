package dev.freezeframe.rehearsal.dynamo;

import com.amazonaws.services.dynamodbv2.model.BatchGetItemRequest;
import com.amazonaws.services.dynamodbv2.model.DeleteItemRequest;
import com.amazonaws.services.dynamodbv2.model.GetItemRequest;
import com.amazonaws.services.dynamodbv2.model.KeysAndAttributes;
import com.amazonaws.services.dynamodbv2.model.PutItemRequest;
import com.amazonaws.services.dynamodbv2.model.QueryRequest;
import com.amazonaws.services.dynamodbv2.model.ScanRequest;
import com.amazonaws.services.dynamodbv2.model.UpdateItemRequest;
import dev.freezeframe.rehearsal.cloud.KnownMembers;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/** Requests of our SDK as DynamoDB Local's: the fields that the ledger uses, and no others. */
final class LocalRequests {
  private static final Set<String> FIELDS =
      Set.of(
          "TableName",
          "IndexName",
          "Key",
          "Item",
          "RequestItems",
          "ConsistentRead",
          "Limit",
          "ScanIndexForward",
          "ExclusiveStartKey",
          "KeyConditionExpression",
          "UpdateExpression",
          "ConditionExpression",
          "ExpressionAttributeNames",
          "ExpressionAttributeValues",
          "ReturnValuesOnConditionCheckFailure");
  private static final Set<String> BATCH_FIELDS = Set.of("Keys", "ConsistentRead");

  private LocalRequests() {}

  /** Whether everything that the request says is translated here. */
  static boolean translates(SdkPojo request) {
    return has(request, FIELDS);
  }

  static boolean translates(
      software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest request) {
    return has(request, FIELDS)
        && request.requestItems().values().stream().allMatch(batch -> has(batch, BATCH_FIELDS));
  }

  private static boolean has(SdkPojo request, Set<String> fields) {
    return KnownMembers.unknown(request, fields).isEmpty();
  }

  static GetItemRequest of(software.amazon.awssdk.services.dynamodb.model.GetItemRequest request) {
    return new GetItemRequest()
        .withTableName(request.tableName())
        .withKey(Attributes.toLocal(request.key()))
        .withConsistentRead(request.consistentRead());
  }

  static BatchGetItemRequest of(
      software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest request) {
    Map<String, KeysAndAttributes> batches = new HashMap<>();
    request
        .requestItems()
        .forEach(
            (table, batch) ->
                batches.put(
                    table,
                    new KeysAndAttributes()
                        .withKeys(Attributes.each(batch.keys(), Attributes::toLocal))
                        .withConsistentRead(batch.consistentRead())));
    return new BatchGetItemRequest().withRequestItems(batches);
  }

  static QueryRequest of(software.amazon.awssdk.services.dynamodb.model.QueryRequest request) {
    return new QueryRequest()
        .withTableName(request.tableName())
        .withIndexName(request.indexName())
        .withKeyConditionExpression(request.keyConditionExpression())
        .withExpressionAttributeNames(Attributes.names(request.expressionAttributeNames()))
        .withExpressionAttributeValues(Attributes.toLocal(request.expressionAttributeValues()))
        .withConsistentRead(request.consistentRead())
        .withScanIndexForward(request.scanIndexForward())
        .withLimit(request.limit())
        .withExclusiveStartKey(Attributes.toLocal(request.exclusiveStartKey()));
  }

  static ScanRequest of(software.amazon.awssdk.services.dynamodb.model.ScanRequest request) {
    return new ScanRequest()
        .withTableName(request.tableName())
        .withIndexName(request.indexName())
        .withExpressionAttributeNames(Attributes.names(request.expressionAttributeNames()))
        .withExpressionAttributeValues(Attributes.toLocal(request.expressionAttributeValues()))
        .withConsistentRead(request.consistentRead())
        .withLimit(request.limit())
        .withExclusiveStartKey(Attributes.toLocal(request.exclusiveStartKey()));
  }

  static PutItemRequest of(software.amazon.awssdk.services.dynamodb.model.PutItemRequest request) {
    return new PutItemRequest()
        .withTableName(request.tableName())
        .withItem(Attributes.toLocal(request.item()))
        .withConditionExpression(request.conditionExpression())
        .withExpressionAttributeNames(Attributes.names(request.expressionAttributeNames()))
        .withExpressionAttributeValues(Attributes.toLocal(request.expressionAttributeValues()))
        .withReturnValuesOnConditionCheckFailure(
            request.returnValuesOnConditionCheckFailureAsString());
  }

  static DeleteItemRequest of(
      software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest request) {
    return new DeleteItemRequest()
        .withTableName(request.tableName())
        .withKey(Attributes.toLocal(request.key()))
        .withConditionExpression(request.conditionExpression())
        .withExpressionAttributeNames(Attributes.names(request.expressionAttributeNames()))
        .withExpressionAttributeValues(Attributes.toLocal(request.expressionAttributeValues()))
        .withReturnValuesOnConditionCheckFailure(
            request.returnValuesOnConditionCheckFailureAsString());
  }

  static UpdateItemRequest of(
      software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest request) {
    return new UpdateItemRequest()
        .withTableName(request.tableName())
        .withKey(Attributes.toLocal(request.key()))
        .withUpdateExpression(request.updateExpression())
        .withConditionExpression(request.conditionExpression())
        .withExpressionAttributeNames(Attributes.names(request.expressionAttributeNames()))
        .withExpressionAttributeValues(Attributes.toLocal(request.expressionAttributeValues()))
        .withReturnValuesOnConditionCheckFailure(
            request.returnValuesOnConditionCheckFailureAsString());
  }
}
