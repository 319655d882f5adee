package dev.freezeframe.rehearsal.dynamo;

import dev.freezeframe.rehearsal.cloud.SdkRetries;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import dev.freezeframe.rehearsal.dynamo.table.InMemoryDynamoDb;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * DynamoDB's tables, in this process and in memory only.
 *
 * <p>Conditions and indexes are those of {@link InMemoryDynamoDb}; TTL deletes nothing.
 */
public final class EmbeddedDynamo implements AutoCloseable {
  private final VirtualTime time;
  private final Seed seed;
  private final SimulatedApi api;
  private final DynamoDbClient direct = new InMemoryDynamoDb();
  private DynamoDbClient tables = direct;
  private boolean closed;

  public EmbeddedDynamo(VirtualTime time, Seed seed, SimulatedApi api) {
    this.time = time;
    this.seed = seed;
    this.api = api;
  }

  /** A client that tries nothing twice: its calls take time, are counted and can go wrong. */
  public DynamoDbClient client() {
    return client(1);
  }

  /** A client that tries throttled and failed calls again, as the SDK's standard mode does. */
  public DynamoDbClient client(int maxAttempts) {
    return new ThrottledDynamoDb(
        api, () -> tables, new SdkRetries(time, seed, "DynamoDbClient", maxAttempts));
  }

  /**
   * Puts a client between the door and the tables, such as one that measures what calls consume.
   *
   * @param between makes it around the client of the tables
   */
  public void put(UnaryOperator<DynamoDbClient> between) {
    tables = between.apply(direct);
  }

  /** A client around the door: to make tables, and to look at what is in them. */
  public DynamoDbClient direct() {
    if (closed) {
      throw new IllegalStateException("expected a DynamoDB that is open, found it closed");
    }
    return direct;
  }

  @Override
  public void close() {
    closed = true;
  }
}
