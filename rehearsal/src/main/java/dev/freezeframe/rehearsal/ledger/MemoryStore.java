package dev.freezeframe.rehearsal.ledger;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.rehearsal.cloud.Operation;
import dev.freezeframe.rehearsal.cloud.SdkRetries;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import dev.freezeframe.rehearsal.dynamo.ThrottledDynamoDb;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;

/**
 * The ledger in memory, several times as fast as a table.
 *
 * <p>Each method is one call to DynamoDB for its caller: it takes as long, is counted, throttled
 * and lost as such. A method that makes several calls to a table cannot be left half done here; so
 * some simulations still use a table.
 */
public final class MemoryStore implements LedgerStore {
  /** What the names of the ledger's writes begin with. */
  static final List<String> WRITES =
      List.of(
          "claim",
          "record",
          "apply",
          "begin",
          "give",
          "keep",
          "lapse",
          "remove",
          "take",
          "withdraw");

  private final InMemoryLedger memory = new InMemoryLedger();
  private final SimulatedApi api;
  private final SdkRetries retries;

  /**
   * Makes an empty ledger.
   *
   * @param retries of the client of tasks
   */
  public MemoryStore(SimulatedApi api, SdkRetries retries) {
    this.api = api;
    this.retries = retries;
  }

  @Override
  public Ledger forTasks() {
    return (Ledger)
        Proxy.newProxyInstance(
            Ledger.class.getClassLoader(),
            new Class<?>[] {Ledger.class},
            (proxy, method, arguments) ->
                retries.around(
                    () ->
                        api.call(
                            operation(method.getName()),
                            method.getName(),
                            ThrottledDynamoDb::throttled,
                            () -> invoke(method, arguments))));
  }

  private static Operation operation(String method) {
    return writes(method)
        ? Operation.change("dynamodb:UpdateItem", ThrottledDynamoDb.LATENCY)
        : Operation.read("dynamodb:Query", ThrottledDynamoDb.LATENCY);
  }

  static boolean writes(String method) {
    return WRITES.stream().anyMatch(method::startsWith);
  }

  private Object invoke(Method method, Object[] arguments) {
    try {
      return method.invoke(memory, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(thrown.getCause());
    } catch (IllegalAccessException hidden) {
      throw new IllegalStateException(hidden);
    }
  }

  @Override
  public Ledger direct() {
    return memory;
  }

  @Override
  public Set<SnapshotId> snapshotIds() {
    return memory.snapshotIds();
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
