package dev.freezeframe.rehearsal.dynamo;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import dev.freezeframe.rehearsal.cloud.SdkRetries;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A DynamoDB Local of its own, in this process and in memory only.
 *
 * <p>Conditions, transactions and indexes are real; its TTL deletes nothing. One that is closed is
 * emptied and used again, since it is slow to make and its threads outlive it.
 */
public final class EmbeddedDynamo implements AutoCloseable {
  private static final boolean NO_TELEMETRY = true;
  private static final Queue<CompletableFuture<LocalDynamo>> EMPTY = new ConcurrentLinkedQueue<>();

  private final VirtualTime time;
  private final Seed seed;
  private final SimulatedApi api;
  private final LocalDynamo direct;
  private DynamoDbClient tables;
  private boolean closed;

  public EmbeddedDynamo(VirtualTime time, Seed seed, SimulatedApi api) {
    this.time = time;
    this.seed = seed;
    this.api = api;
    CompletableFuture<LocalDynamo> empty = EMPTY.poll();
    this.direct = empty == null ? make() : empty.join();
    this.tables = direct;
  }

  /** Begins to make one for the next that needs one, beside what its caller does meanwhile. */
  public static void prepare() {
    EMPTY.add(CompletableFuture.supplyAsync(EmbeddedDynamo::make));
  }

  private static LocalDynamo make() {
    return new LocalDynamo(DynamoDBEmbedded.create(NO_TELEMETRY));
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
    if (!closed) {
      closed = true;
      direct.deleteTables();
      EMPTY.add(CompletableFuture.completedFuture(direct));
    }
  }
}
