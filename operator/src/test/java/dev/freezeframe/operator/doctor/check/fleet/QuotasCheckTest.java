package dev.freezeframe.operator.doctor.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Finding.Status;
import dev.freezeframe.operator.doctor.check.fleet.QuotasCheck.Need;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotasCheckTest {
  private static final String MAY_READ = "servicequotas:GetServiceQuota";

  private static Asked<Need> need(long volumes, long concurrency) {
    return Asked.answer("ec2:DescribeInstances", new Need(volumes, concurrency));
  }

  @ParameterizedTest
  @CsvSource({"100, 100, PASS", "100, 101, WARN", "1, 0, PASS"})
  void aRunThatIsLargerThanWhatMayBePendingWaits(double limit, long volumes, Status status) {
    assertThat(
            QuotasCheck.pending(
                    Asked.answer(MAY_READ, limit),
                    Asked.answer("ec2:DescribeSnapshots", 7L),
                    need(volumes, 1))
                .status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"10, 10, PASS", "10, 11, FAIL"})
  void functionsThatFindNoRoomFail(double limit, long concurrency, Status status) {
    assertThat(
            QuotasCheck.concurrency(Asked.answer(MAY_READ, limit), need(1, concurrency)).status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"799, 10, PASS", "801, 10, WARN", "995, 5, WARN", "995, 6, FAIL"})
  void aRegionThatIsNearlyFullWarnsAndOneThatTheNextRunFillsFails(
      long there, long volumes, Status status) {
    assertThat(
            QuotasCheck.snapshots(
                    Asked.answer(MAY_READ, 1_000.0),
                    Asked.answer("ec2:DescribeSnapshots", there),
                    need(volumes, 1))
                .status())
        .isEqualTo(status);
  }

  @Test
  void whereItMayNotBeReadTheDefaultIsTakenAndSaidToBeOne() {
    Finding finding =
        QuotasCheck.pending(
            Asked.forbidden(MAY_READ), Asked.answer("ec2:DescribeSnapshots", 0L), need(14, 1));

    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.found()).contains("100 snapshots may be pending (the default");
    assertThat(finding.found()).contains(MAY_READ);
  }

  @Test
  void whereTheFleetIsNotKnownNothingIsCompared() {
    Asked<Need> unknown = Asked.forbidden("ec2:DescribeInstances");

    assertThat(QuotasCheck.concurrency(Asked.answer(MAY_READ, 10.0), unknown).status())
        .isEqualTo(Status.WARN);
    assertThat(
            QuotasCheck.pending(
                    Asked.answer(MAY_READ, 10.0),
                    Asked.answer("ec2:DescribeSnapshots", 0L),
                    unknown)
                .found())
        .contains("ec2:DescribeInstances");
  }
}
