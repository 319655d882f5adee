package dev.freezeframe.ledger.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** The benchmark in a smaller size: counts, never times. */
class ExpiryBenchmarkTest {
  private static final int DUE = 100;

  private static ExpiryBenchmark with(int rows) {
    return ExpiryBenchmark.of(new KeptFleet(rows, DUE), any -> {});
  }

  /** A set of two is due of each of 50 instances, which have 60 rows. */
  private static final long ROWS_OF_A_PLAN = DUE + DUE / KeptFleet.MEMBERS * 60;

  @Test
  void aPlanReadsTheGroupsThatHaveSomethingDueAndNothingOfOthers() {
    ExpiryBenchmark.Cost few = with(4_000).plan();
    ExpiryBenchmark.Cost many = with(16_000).plan();

    assertThat(many.found()).isEqualTo(DUE);
    assertThat(many.rows()).isEqualTo(few.rows()).isBetween(ROWS_OF_A_PLAN, ROWS_OF_A_PLAN + 8);
    assertThat(many.readUnits()).isEqualTo(few.readUnits());
  }

  /** {@code LargeFleetTest} reckons with it. */
  @Test
  void anEntryOfAGroupTakesATwentiethOfAReadUnitAtMost() {
    ExpiryBenchmark.Cost group = with(4_000).group();

    assertThat(group.found()).isEqualTo(KeptFleet.SETS * KeptFleet.MEMBERS);
    assertThat(group.calls()).isEqualTo(1);
    assertThat(group.readUnits() / group.rows()).isBetween(0.03, 0.05);
  }

  @Test
  void aScanFindsTheSameAndReadsAllThatIsKept() {
    ExpiryBenchmark benchmark = with(16_000);

    ExpiryBenchmark.Cost scan = benchmark.scan();
    assertThat(scan.found()).isEqualTo(DUE);
    assertThat(scan.rows()).isGreaterThanOrEqualTo(16_000);
    assertThat(scan.readUnits()).isGreaterThan(8 * benchmark.plan().readUnits());
  }

  @Test
  void theLimitOfAPageChangesNothingThatAScanCosts() {
    ExpiryBenchmark benchmark = with(4_000);
    ExpiryBenchmark.Cost limited = benchmark.scan();
    ExpiryBenchmark.Cost free = benchmark.scan(ScanRequest.builder());

    assertThat(limited.calls()).isEqualTo(free.calls()).isGreaterThan(2);
    assertThat(limited.rows()).isEqualTo(free.rows());
    assertThat(limited.readUnits()).isEqualTo(free.readUnits());
  }
}
