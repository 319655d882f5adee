package dev.freezeframe.rehearsal.dynamo.table;

import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** What DynamoDB answers to a request that it does not carry out. */
final class Refusal {
  private static final int BAD_REQUEST = 400;

  private Refusal() {}

  /** The request is wrong, whatever the table holds. */
  static DynamoDbException invalid(String message) {
    return (DynamoDbException)
        fill(DynamoDbException.builder(), "ValidationException", message).build();
  }

  static DynamoDbException noTable(String name) {
    return (DynamoDbException)
        fill(
                ResourceNotFoundException.builder(),
                "ResourceNotFoundException",
                "Requested resource not found: Table: %s not found".formatted(name))
            .build();
  }

  /**
   * The condition does not hold.
   *
   * @param item that stands in the way, if the request asked for it and there is one; else null
   */
  static ConditionalCheckFailedException conditionFailed(Map<String, AttributeValue> item) {
    return (ConditionalCheckFailedException)
        fill(
                ConditionalCheckFailedException.builder().item(item),
                "ConditionalCheckFailedException",
                "The conditional request failed")
            .build();
  }

  private static DynamoDbException.Builder fill(
      DynamoDbException.Builder refusal, String code, String message) {
    refusal
        .message(message)
        .statusCode(BAD_REQUEST)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName("DynamoDb")
                .errorCode(code)
                .errorMessage(message)
                .build());
    return refusal;
  }
}
