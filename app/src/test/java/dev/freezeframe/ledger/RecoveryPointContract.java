package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.DAILY;
import static dev.freezeframe.ledger.Rows.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.ledger.RecoveryPoints.Watch;
import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import org.junit.jupiter.api.Test;

interface RecoveryPointContract extends LedgerUnderTest {

  @Test
  default void theNewestRecoveryPointOfAPolicyIsKept() {
    ledger().recordRecoveryPoint(DAILY, TWO.plusSeconds(60));
    ledger().recordRecoveryPoint(DAILY, TWO);
    ledger().recordRecoveryPoint(new PolicyName("other"), TWO.plusSeconds(90));

    assertThat(ledger().newestRecoveryPoint(DAILY)).contains(TWO.plusSeconds(60));
  }

  @Test
  default void aPolicyWithoutRecoveryPointHasNone() {
    assertThat(ledger().newestRecoveryPoint(DAILY)).isEmpty();
    assertThat(ledger().lastWatch(DAILY)).isEmpty();
  }

  @Test
  default void theLastLookAfterAPolicyIsKept() {
    ledger().recordWatch(DAILY, new Watch(TWO, TWO.plusSeconds(3_600)));
    ledger().recordWatch(DAILY, new Watch(TWO, TWO));

    assertThat(ledger().lastWatch(DAILY)).contains(new Watch(TWO, TWO.plusSeconds(3_600)));
  }
}
