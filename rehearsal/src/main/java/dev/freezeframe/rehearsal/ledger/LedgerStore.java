package dev.freezeframe.rehearsal.ledger;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Ledger;
import java.util.Set;

/** Where the ledger of one embedded cloud is kept. */
public interface LedgerStore extends AutoCloseable {

  /** Returns the ledger as tasks reach it: calls take time, are counted and can go wrong. */
  Ledger forTasks();

  /** Returns the ledger read beside the cloud: it takes no virtual time and is not counted. */
  Ledger direct();

  /** Returns every snapshot that has a row, whatever became of it. */
  Set<SnapshotId> snapshotIds();

  @Override
  void close();
}
