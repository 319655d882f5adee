package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.SERVER;
import static dev.freezeframe.ledger.Rows.attempt;
import static dev.freezeframe.ledger.Rows.freeze;
import static dev.freezeframe.ledger.Rows.instance;
import static dev.freezeframe.ledger.Rows.thaw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import dev.freezeframe.ledger.run.FreezeRow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An attempt that freezes, and its thaws. */
interface FreezeContract extends LedgerUnderTest {

  private FreezeRow onlyFreeze() {
    List<FreezeRow> rows = ledger().freezes(RUN, SERVER);
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  @Test
  default void aFreezeIsRecordedOnceAnAttempt() {
    assertThat(ledger().recordFreeze(freeze(SERVER, 1))).isTrue();
    assertThat(ledger().recordFreeze(freeze(SERVER, 1, thaw(9, "other", "no", false)))).isFalse();
    assertThat(ledger().recordFreeze(freeze(SERVER, 2))).isTrue();
    assertThat(ledger().recordFreeze(freeze(instance(2), 1))).isTrue();

    assertThat(ledger().freezes(RUN, SERVER)).containsExactly(freeze(SERVER, 1), freeze(SERVER, 2));
  }

  @Test
  default void aFreezeSaysWhetherAThawIsToFollow() {
    ledger().recordFreeze(freeze(SERVER, 1, false));
    ledger().recordThaw(RUN, SERVER, attempt(1), thaw(10, "RunPreScript", "never sent", true));

    assertThat(onlyFreeze().thawFollows()).isFalse();
  }

  @Test
  default void aFreezeWhosePreScriptWasNotSentIsRecordedOnceMore() {
    FreezeRow.Thaw notSent = thaw(10, "RunPreScript", "never sent", true);
    ledger().recordFreeze(freeze(SERVER, 1));
    ledger().recordNotSent(RUN, SERVER, attempt(1), notSent);
    assertThat(onlyFreeze()).isEqualTo(freeze(SERVER, 1, notSent));
    assertThat(onlyFreeze().thawProved()).isTrue();

    assertThat(ledger().recordFreeze(freeze(SERVER, 1))).isTrue();
    assertThat(onlyFreeze().thaws()).isEmpty();
    assertThat(ledger().recordFreeze(freeze(SERVER, 1))).isFalse();
  }

  @Test
  default void aFreezeIsNotRecordedOnceMoreOverAPostScript() {
    ledger().recordFreeze(freeze(SERVER, 1));
    ledger().recordNotSent(RUN, SERVER, attempt(1), thaw(10, "RunPreScript", "never sent", true));
    ledger().recordThaw(RUN, SERVER, attempt(1), thaw(11, "ThawAbandoned", "sent", false));

    assertThat(ledger().recordFreeze(freeze(SERVER, 1))).isFalse();
    assertThat(onlyFreeze().thaws()).hasSize(2);
  }

  @Test
  default void aFreezeThatIsNotOnRecordWasNotSentEither() {
    ledger().recordNotSent(RUN, SERVER, attempt(1), thaw(10, "RunPreScript", "never sent", true));

    assertThat(ledger().freezes(RUN, SERVER)).isEmpty();
  }

  @Test
  default void aFreezeKeepsTheNumbersOfItsAttemptsInOrderBeyondTwoDigits() {
    List.of(100, 11, 99, 2).forEach(number -> ledger().recordFreeze(freeze(SERVER, number)));

    assertThat(ledger().freezes(RUN, SERVER).stream().map(FreezeRow::number))
        .containsExactly(2, 11, 99, 100);
  }

  @Test
  default void aFreezeGathersItsThawsInTheOrderSent() {
    ledger().recordFreeze(freeze(SERVER, 1));
    ledger().recordThaw(RUN, SERVER, attempt(1), thaw(20, "ThawAbandonedTask", "sent", false));
    ledger()
        .recordThaw(RUN, SERVER, attempt(1), thaw(10, "RunPostScriptTask", "undelivered", false));

    assertThat(onlyFreeze().thaws())
        .containsExactly(
            thaw(10, "RunPostScriptTask", "undelivered", false),
            thaw(20, "ThawAbandonedTask", "sent", false));
    assertThat(onlyFreeze().thawProved()).isFalse();
  }

  @Test
  default void aFreezeLetsAnAnswerReplaceTheSendingItBelongsTo() {
    ledger().recordFreeze(freeze(SERVER, 1));
    ledger().recordThaw(RUN, SERVER, attempt(1), thaw(10, "RunPostScriptTask", "sent", false));
    ledger().recordThaw(RUN, SERVER, attempt(1), thaw(10, "ThawAbandonedTask", "sent", false));
    ledger().recordThaw(RUN, SERVER, attempt(1), thaw(10, "RunPostScriptTask", "succeeded", true));

    assertThat(onlyFreeze().thaws())
        .containsExactly(
            thaw(10, "RunPostScriptTask", "succeeded", true),
            thaw(10, "ThawAbandonedTask", "sent", false));
    assertThat(onlyFreeze().thawProved()).isTrue();
  }

  @Test
  default void aFreezeDoesNotLoseAProofToABelatedSending() {
    ledger().recordFreeze(freeze(SERVER, 1));
    ledger().recordThaw(RUN, SERVER, attempt(1), thaw(10, "RunPostScriptTask", "succeeded", true));
    ledger().recordThaw(RUN, SERVER, attempt(1), thaw(10, "RunPostScriptTask", "sent", false));

    assertThat(onlyFreeze().thaws())
        .containsExactly(thaw(10, "RunPostScriptTask", "succeeded", true));
  }

  @Test
  default void aFreezeIsNotThawedByWhatWasSentBeforeItWasOnRecord() {
    ledger().recordThaw(RUN, SERVER, attempt(1), thaw(10, "RunPostScriptTask", "succeeded", true));
    assertThat(ledger().freezes(RUN, SERVER)).isEmpty();

    assertThat(ledger().recordFreeze(freeze(SERVER, 1))).isTrue();
    assertThat(onlyFreeze().thaws()).isEmpty();
  }

  @Test
  default void aFreezeKeepsTheThawsItWasRecordedWith() {
    FreezeRow row = freeze(SERVER, 1, thaw(10, "RunPostScriptTask", "sent", false));
    ledger().recordFreeze(row);

    assertThat(onlyFreeze()).isEqualTo(row);
  }
}
