package dev.freezeframe.ledger.dynamo;

import static dev.freezeframe.ledger.Rows.completed;
import static dev.freezeframe.ledger.Rows.pending;
import static dev.freezeframe.ledger.Rows.snapshotId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.Rows;
import dev.freezeframe.ledger.SnapshotChange;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** What happens between the two writes of an early event. */
class DynamoLedgerRaceTest {
  private final String table = LocalTables.create();
  private final Ledger ledger = new DynamoLedger(LocalTables.client(), table);

  @Test
  void aRowThatAppearsAfterTheFirstLookTakesTheEvent() {
    Ledger slow =
        new DynamoLedger(
            new BeforePut(LocalTables.client(), () -> ledger.recordSnapshots(pending(1, 1))),
            table);

    assertThat(slow.apply(completed(1, 5))).isEqualTo(SnapshotChange.Effect.APPLIED);
    assertThat(ledger.snapshots(List.of(snapshotId(1))))
        .containsExactly(pending(1).settled(completed(1, 5)));
  }

  @Test
  void anotherEventThatIsKeptAfterTheFirstLookStays() {
    Ledger slow =
        new DynamoLedger(
            new BeforePut(LocalTables.client(), () -> ledger.apply(Rows.failed(1, 4))), table);

    assertThat(slow.apply(completed(1, 5))).isEqualTo(SnapshotChange.Effect.KEPT_EARLY);
    ledger.recordSnapshots(pending(1, 1));
    assertThat(ledger.snapshots(List.of(snapshotId(1))))
        .containsExactly(pending(1).settled(Rows.failed(1, 4)));
  }

  private record BeforePut(DynamoDbClient client, Runnable action) implements DynamoDbClient {

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
      return client.updateItem(request);
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      action.run();
      return client.putItem(request);
    }

    @Override
    public String serviceName() {
      return client.serviceName();
    }

    @Override
    public void close() {}
  }
}
