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

  @Test
  void aPlanReadsWhatIsDueAndWhatStandsInItsPlaceHoweverMuchIsKept() {
    ExpiryBenchmark.Cost few = with(4_000).plan();
    ExpiryBenchmark.Cost many = with(16_000).plan();

    assertThat(many.found()).isEqualTo(DUE);
    assertThat(many.rows()).isEqualTo(few.rows()).isLessThanOrEqualTo(2 * DUE + 2);
    assertThat(many.readUnits()).isEqualTo(few.readUnits());
  }

  @Test
  void aScanFindsTheSameAndReadsAllThatIsKept() {
    ExpiryBenchmark benchmark = with(4_000);

    ExpiryBenchmark.Cost scan = benchmark.scan();
    assertThat(scan.found()).isEqualTo(DUE);
    assertThat(scan.rows()).isGreaterThanOrEqualTo(4_000);
    assertThat(scan.readUnits()).isGreaterThan(10 * benchmark.plan().readUnits());
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
