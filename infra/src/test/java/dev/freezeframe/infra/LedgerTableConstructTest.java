package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.infra.settings.Setting;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

class LedgerTableConstructTest {
  private static final CreateTableRequest OF_THE_CODE = LedgerTable.createTable("any");

  private static Resource table() {
    return Synthesized.resources("AWS::DynamoDB::Table").values().iterator().next();
  }

  @Test
  void theKeysAreThoseThatTheCodeReadsBy() {
    assertThat(keys(table().property("/KeySchema"))).isEqualTo(keys(OF_THE_CODE.keySchema()));
    assertThat(table().property("/TimeToLiveSpecification/AttributeName").asText())
        .isEqualTo(LedgerTable.TIME_TO_LIVE);
  }

  @Test
  void theIndexesAreThoseThatTheCodeReadsBy() {
    Map<String, String> deployed = new TreeMap<>();
    for (JsonNode index : table().property("/GlobalSecondaryIndexes")) {
      Set<String> projected = new TreeSet<>();
      index.at("/Projection/NonKeyAttributes").forEach(name -> projected.add(name.asText()));
      deployed.put(
          index.get("IndexName").asText(),
          "%s %s %s"
              .formatted(
                  keys(index.get("KeySchema")),
                  index.at("/Projection/ProjectionType").asText(),
                  projected));
    }
    Map<String, String> wanted = new TreeMap<>();
    OF_THE_CODE
        .globalSecondaryIndexes()
        .forEach(
            index ->
                wanted.put(
                    index.indexName(),
                    "%s %s %s"
                        .formatted(
                            keys(index.keySchema()),
                            index.projection().projectionTypeAsString(),
                            new TreeSet<>(index.projection().nonKeyAttributes()))));

    assertThat(deployed).isEqualTo(wanted);
  }

  @Test
  void theTableOutlivesItsStack() {
    assertThat(table().json().get("DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
    assertThat(table().json().get("UpdateReplacePolicy").asText()).isEqualTo("Retain");
    assertThat(
            table()
                .property("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                .asBoolean())
        .isTrue();
    assertThat(table().property("/BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
  }

  /** It would keep the rollback of a first deployment from deleting the empty table. */
  @Test
  void protectionFromDeletionIsLeftToWhoeverSwitchesItOn() {
    assertThat(table().property("/DeletionProtectionEnabled").isMissingNode()).isTrue();
  }

  /** After the stack is gone, its outputs are gone too. */
  @Test
  void theTableIsFoundByItsTagWhenItsStackIsGone() throws IOException {
    assertThat(table().property("/Tags").toString())
        .isEqualTo("[{\"Key\":\"freezeframe:ledger-of\",\"Value\":\"freezeframe\"}]");
    assertThat(Files.readString(Synthesized.ROOT.resolve("docs/deploying.md")))
        .contains("--tag-filters Key=%s,Values=freezeframe".formatted(LedgerTableConstruct.TAG));
  }

  @Test
  void aKeyOfTheCustomerIsUsedWhereOneIsNamed() {
    String key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    Template template = Template.fromStack(Synthesized.with(Map.of(Setting.LEDGER_KEY.key(), key)));

    template.hasResourceProperties(
        "AWS::DynamoDB::Table",
        Map.of(
            "SSESpecification",
            Map.of("SSEEnabled", true, "SSEType", "KMS", "KMSMasterKeyId", key)));
  }

  private static String keys(JsonNode schema) {
    StringBuilder keys = new StringBuilder();
    schema.forEach(
        key ->
            keys.append(key.get("AttributeName").asText())
                .append(' ')
                .append(key.get("KeyType").asText())
                .append(' '));
    return keys.toString();
  }

  private static String keys(java.util.List<KeySchemaElement> schema) {
    StringBuilder keys = new StringBuilder();
    schema.forEach(
        key -> keys.append(key.attributeName()).append(' ').append(key.keyType()).append(' '));
    return keys.toString();
  }
}
