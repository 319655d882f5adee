package dev.freezeframe.rehearsal.ledger;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.rehearsal.dynamo.EmbeddedDynamo;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ledger in a table of DynamoDB, in memory, with the code that is deployed. */
public final class DynamoStore implements LedgerStore {
  private final EmbeddedDynamo dynamo;
  private final String table;
  private final int maxAttempts;

  /**
   * Creates the table.
   *
   * @param maxAttempts of the client of tasks, as the SDK counts them
   */
  public DynamoStore(EmbeddedDynamo dynamo, String table, int maxAttempts) {
    this.dynamo = dynamo;
    this.table = table;
    this.maxAttempts = maxAttempts;
    dynamo.direct().createTable(LedgerTable.createTable(table));
  }

  public EmbeddedDynamo dynamo() {
    return dynamo;
  }

  /** Returns every item of the table, by its key. */
  public List<Map<String, Object>> items() {
    return LedgerItems.read(dynamo.direct(), table);
  }

  @Override
  public Ledger forTasks() {
    return new DynamoLedger(dynamo.client(maxAttempts), table);
  }

  @Override
  public Ledger direct() {
    return new DynamoLedger(dynamo.direct(), table);
  }

  @Override
  public Set<SnapshotId> snapshotIds() {
    return LedgerItems.snapshotIds(items());
  }

  @Override
  public void close() {
    dynamo.close();
  }
}
