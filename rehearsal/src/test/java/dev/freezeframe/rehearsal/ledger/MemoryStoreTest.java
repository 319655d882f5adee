package dev.freezeframe.rehearsal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.SdkRetries;
import dev.freezeframe.rehearsal.cloud.Stage;
import dev.freezeframe.rehearsal.dynamo.ThrottledDynamoDb;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class MemoryStoreTest {
  private static final PolicyName POLICY = new PolicyName("daily");

  private final Faults faults = new Faults();
  private final Stage stage = new Stage(faults);

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aCallTakesVirtualTimeAndIsCountedAsARead() {
    MemoryStore store = store(1);

    stage.call(() -> store.forTasks().newestRecoveryPoint(POLICY));

    assertThat(stage.api.counts()).containsOnlyKeys("dynamodb:Query");
    assertThat(stage.time.instant()).isAfter(Stage.START);
  }

  @Test
  void aThrottledCallIsTriedAgainAsTheClientOfTasksDoes() {
    MemoryStore store = store(3);
    faults.refusals.add(ThrottledDynamoDb.throttled());

    record(store);

    assertThat(stage.api.counts()).containsEntry("dynamodb:UpdateItem", 2);
    assertThat(store.direct().newestRecoveryPoint(POLICY)).contains(Stage.START);
  }

  @Test
  void aCallThatIsThrottledForGoodChangesNothing() {
    MemoryStore store = store(1);
    faults.refusals.add(ThrottledDynamoDb.throttled());

    assertThatThrownBy(() -> record(store)).isInstanceOf(DynamoDbException.class);

    assertThat(store.direct().newestRecoveryPoint(POLICY)).isEmpty();
  }

  @Test
  void aCallWhoseAnswerIsLostHasItsEffect() {
    MemoryStore store = store(1);
    faults.lost.add(ApiCallTimeoutException.create(Duration.ofSeconds(10).toMillis()));

    assertThatThrownBy(() -> record(store)).isInstanceOf(ApiCallTimeoutException.class);

    assertThat(store.direct().newestRecoveryPoint(POLICY)).contains(Stage.START);
  }

  @Test
  void everyMethodThatReturnsNoRowsIsAWrite() {
    assertThat(Arrays.stream(Ledger.class.getMethods()))
        .filteredOn(
            method ->
                !method.isDefault()
                    && (method.getReturnType() == void.class
                        || method.getReturnType() == boolean.class))
        .isNotEmpty()
        .extracting(Method::getName)
        .allMatch(MemoryStore::writes);
  }

  private void record(MemoryStore store) {
    stage.call(
        () -> {
          store.forTasks().recordRecoveryPoint(POLICY, Stage.START);
          return true;
        });
  }

  private MemoryStore store(int attempts) {
    return new MemoryStore(
        stage.api, new SdkRetries(stage.time, stage.seed, "DynamoDbClient", attempts));
  }

  private static final class Faults implements CallFault {
    private final List<RuntimeException> refusals = new ArrayList<>();
    private final List<RuntimeException> lost = new ArrayList<>();

    @Override
    public void before(String action, boolean changes, Caller caller, String detail) {
      if (!refusals.isEmpty()) {
        throw refusals.remove(0);
      }
    }

    @Override
    public void after(String action, boolean changes, Caller caller, String detail) {
      if (!lost.isEmpty()) {
        throw lost.remove(0);
      }
    }
  }
}
