package dev.freezeframe.ledger.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** The benchmark in a smaller size: counts, never times. */
class ExpiryBenchmarkTest {
  private static final int DUE = 40;

  /** Both are only read. */
  private static ExpiryBenchmark few;

  private static ExpiryBenchmark many;

  @BeforeAll
  static void fill() {
    few = with(3_000);
    many = with(6_000);
  }

  private static ExpiryBenchmark with(int rows) {
    return ExpiryBenchmark.of(new KeptFleet(rows, DUE), any -> {});
  }

  /** A set of two is due of each of 20 instances, which have 60 rows, and drills or none. */
  private static final long ROWS_OF_A_PLAN = DUE + DUE / KeptFleet.MEMBERS * 61;

  @Test
  void aPlanReadsTheGroupsThatHaveSomethingDueAndNothingOfOthers() {
    ExpiryBenchmark.Cost ofFew = few.plan();
    ExpiryBenchmark.Cost ofMany = many.plan();

    assertThat(ofMany.found()).isEqualTo(DUE);
    assertThat(ofMany.rows()).isEqualTo(ofFew.rows()).isBetween(ROWS_OF_A_PLAN, ROWS_OF_A_PLAN + 8);
    assertThat(ofMany.readUnits()).isEqualTo(ofFew.readUnits());
  }

  /** {@code LargeFleetTest} reckons with it. */
  @Test
  void anEntryOfAGroupTakesATwentiethOfAReadUnitAtMost() {
    ExpiryBenchmark.Cost group = few.group();

    assertThat(group.found()).isEqualTo(KeptFleet.SETS * KeptFleet.MEMBERS);
    assertThat(group.calls()).isEqualTo(1);
    assertThat(group.readUnits() / group.rows()).isBetween(0.03, 0.05);
  }

  @Test
  void aScanFindsTheSameAndReadsAllThatIsKept() {
    ExpiryBenchmark.Cost scan = many.scan();

    assertThat(scan.found()).isEqualTo(DUE);
    assertThat(scan.rows()).isGreaterThanOrEqualTo(6_000);
    assertThat(scan.readUnits()).isGreaterThan(8 * many.plan().readUnits());
  }

  @Test
  void theLimitOfAPageChangesNothingThatAScanCosts() {
    ExpiryBenchmark.Cost limited = few.scan();
    ExpiryBenchmark.Cost free = few.scan(ScanRequest.builder());

    assertThat(limited.calls()).isEqualTo(free.calls()).isGreaterThan(2);
    assertThat(limited.rows()).isEqualTo(free.rows());
    assertThat(limited.readUnits()).isEqualTo(free.readUnits());
  }
}
