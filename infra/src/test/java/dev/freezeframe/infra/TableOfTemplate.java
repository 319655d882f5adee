package dev.freezeframe.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** The table that a template describes, as DynamoDB is asked for it. */
final class TableOfTemplate {
  private TableOfTemplate() {}

  static CreateTableRequest request(String name, Resource table) {
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode(table.property("/BillingMode").asText())
        .attributeDefinitions(
            each(
                table.property("/AttributeDefinitions"),
                attribute ->
                    AttributeDefinition.builder()
                        .attributeName(attribute.get("AttributeName").asText())
                        .attributeType(attribute.get("AttributeType").asText())
                        .build()))
        .keySchema(keys(table.property("/KeySchema")))
        .globalSecondaryIndexes(
            each(
                table.property("/GlobalSecondaryIndexes"),
                index ->
                    GlobalSecondaryIndex.builder()
                        .indexName(index.get("IndexName").asText())
                        .keySchema(keys(index.get("KeySchema")))
                        .projection(projection(index.get("Projection")))
                        .build()))
        .build();
  }

  private static List<KeySchemaElement> keys(JsonNode schema) {
    return each(
        schema,
        key ->
            KeySchemaElement.builder()
                .attributeName(key.get("AttributeName").asText())
                .keyType(key.get("KeyType").asText())
                .build());
  }

  private static Projection projection(JsonNode projection) {
    Projection.Builder builder =
        Projection.builder().projectionType(projection.get("ProjectionType").asText());
    if (projection.has("NonKeyAttributes")) {
      builder.nonKeyAttributes(each(projection.get("NonKeyAttributes"), JsonNode::asText));
    }
    return builder.build();
  }

  private static <T> List<T> each(JsonNode array, Function<JsonNode, T> made) {
    List<T> all = new ArrayList<>();
    array.forEach(item -> all.add(made.apply(item)));
    return all;
  }
}
