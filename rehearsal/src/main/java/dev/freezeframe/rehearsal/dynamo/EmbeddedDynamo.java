package dev.freezeframe.rehearsal.dynamo;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import dev.freezeframe.rehearsal.cloud.Api;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A DynamoDB Local of its own, in this process and in memory only.
 *
 * <p>Conditions, transactions and indexes are real; its TTL deletes nothing.
 */
public final class EmbeddedDynamo implements AutoCloseable {
  private static final boolean NO_TELEMETRY = true;

  private final DynamoDbClient direct = new LocalDynamo(DynamoDBEmbedded.create(NO_TELEMETRY));
  private final DynamoDbClient client;

  public EmbeddedDynamo(Api api) {
    this.client = new DoorToDynamo(api, direct);
  }

  /** The client of the tasks: its calls take time, are counted and can go wrong. */
  public DynamoDbClient client() {
    return client;
  }

  /** A client around the door: to make tables, and to look at what is in them. */
  public DynamoDbClient direct() {
    return direct;
  }

  @Override
  public void close() {
    direct.close();
  }
}
