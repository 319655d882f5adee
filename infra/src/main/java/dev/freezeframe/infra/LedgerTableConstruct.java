package dev.freezeframe.infra;

import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/**
 * The ledger's table, made of the same definition that the code reads it by.
 *
 * <p>It outlives its stack: what it knows of snapshots is worth more than the system that took
 * them. Only a first deployment that fails takes it along, as it is empty then; so the template
 * leaves DynamoDB's own protection from deletion alone, which would make that deployment's end fail
 * too, and which may be switched on afterwards.
 */
public final class LedgerTableConstruct extends Construct {
  /** The tag of the table; its value is the stack's name. */
  static final String TAG = "freezeframe:ledger-of";

  private final Table table;
  private final Optional<IKey> key;

  LedgerTableConstruct(Construct scope, String id, Optional<String> keyArn) {
    super(scope, id);
    this.key = keyArn.map(arn -> Key.fromKeyArn(this, "Key", arn));
    Table.Builder definition =
        Table.Builder.create(this, "Table")
            .partitionKey(text(LedgerTable.PARTITION_KEY))
            .sortKey(text(LedgerTable.SORT_KEY))
            .timeToLiveAttribute(LedgerTable.TIME_TO_LIVE)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .pointInTimeRecoverySpecification(
                PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
            .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
            .encryption(
                key.isPresent() ? TableEncryption.CUSTOMER_MANAGED : TableEncryption.DEFAULT);
    key.ifPresent(definition::encryptionKey);
    this.table = definition.build();
    // Its name has a part that nobody knows beforehand; when the stack is gone, it is found by
    // this.
    Tags.of(table).add(TAG, new Names(Stack.of(this)).stack());
    LedgerTable.INDEXES.forEach(index -> table.addGlobalSecondaryIndex(index(index)));
  }

  public Table table() {
    return table;
  }

  /** The customer's key that the table is encrypted with; empty: DynamoDB's own. */
  public Optional<IKey> key() {
    return key;
  }

  private static GlobalSecondaryIndexProps index(LedgerTable.Index index) {
    List<String> projected = index.projected();
    GlobalSecondaryIndexProps.Builder props =
        GlobalSecondaryIndexProps.builder()
            .indexName(index.name())
            .partitionKey(text(index.partitionKey()))
            .projectionType(
                projected.isEmpty() ? ProjectionType.KEYS_ONLY : ProjectionType.INCLUDE);
    index.sortKey().ifPresent(key -> props.sortKey(text(key)));
    if (!projected.isEmpty()) {
      props.nonKeyAttributes(projected);
    }
    return props.build();
  }

  private static Attribute text(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }
}
