package dev.freezeframe.ledger.dynamo;

import static dev.freezeframe.ledger.Rows.pending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.Rows;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.snapshot.SnapshotState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers that DynamoDB gives in parts: past 1 MB a query, past 16 MB a batch. */
class DynamoLedgerPagingTest {
  private final String table = LocalTables.create();
  private final Ledger ledger = new DynamoLedger(LocalTables.client(), table);

  @Test
  void aBatchThatComesBackInPartsIsReadWholeWithoutItsStrays() {
    String cause = "x".repeat(200_000);
    List<SnapshotRow> expected = new ArrayList<>();
    List<SnapshotId> ids = IntStream.rangeClosed(1, 100).mapToObj(Rows::snapshotId).toList();
    for (int number = 1; number <= 100; number++) {
      SnapshotChange change =
          new SnapshotChange(
              Rows.snapshotId(number), SnapshotState.ERROR, Rows.TWO, Optional.of(cause));
      ledger.apply(change);
      if (number % 2 == 0) {
        ledger.recordSnapshots(List.of(pending(number)));
        expected.add(pending(number).settled(change));
      }
    }
    MeteredDynamoDb metered = new MeteredDynamoDb(LocalTables.client());

    assertThat(new DynamoLedger(metered, table).snapshots(ids)).isEqualTo(expected);
    assertThat(metered.calls()).as("20 MB take two calls").isEqualTo(2);
  }

  @Test
  void aRunOfManyPagesOfTheIndexIsReadWhole() {
    ledger.recordSnapshots(pending(1, 25));
    MeteredDynamoDb metered = new MeteredDynamoDb(LocalTables.client(), OptionalInt.of(10));

    assertThat(new DynamoLedger(metered, table).snapshotsOf(Rows.RUN)).isEqualTo(pending(1, 25));
    assertThat(metered.calls()).as("three pages of the index, one batch").isEqualTo(4);
  }
}
