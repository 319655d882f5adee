package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import dev.freezeframe.ledger.run.PageRow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page of targets. */
interface PageContract extends LedgerUnderTest {

  @Test
  default void aPageStaysAsFirstRecorded() {
    assertThat(ledger().recordPage(page(1, 3))).isEqualTo(page(1, 3));
    assertThat(ledger().recordPage(page(1, 4))).isEqualTo(page(1, 3));

    assertThat(ledger().run(RUN).pages()).containsExactly(page(1, 3));
  }

  @Test
  default void aPageMayHoldNobody() {
    PageRow nobody = new PageRow(RUN, 1, List.of(), List.of(), true);
    ledger().recordPage(nobody);

    assertThat(ledger().run(RUN).pages()).containsExactly(nobody);
  }
}
