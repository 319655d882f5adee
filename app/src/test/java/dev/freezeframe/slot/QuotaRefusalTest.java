package dev.freezeframe.slot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuotaRefusalTest {

  @ParameterizedTest
  @EnumSource
  void aRefusalIsKnownByItsCodeAloneAndInASentence(QuotaRefusal refusal) {
    assertThat(QuotaRefusal.of(refusal.code())).contains(refusal);
    assertThat(QuotaRefusal.in("EC2 refused the set: %s (too many)".formatted(refusal.code())))
        .isEqualTo(refusal);
  }

  @Test
  void aCodeThatIsNoQuotaIsNone() {
    assertThat(QuotaRefusal.of("UnauthorizedOperation")).isEmpty();
    assertThat(QuotaRefusal.in("EC2 refused the set")).isEqualTo(QuotaRefusal.RATE);
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING_SNAPSHOTS, 1, 120",
    "PENDING_SNAPSHOTS, 2, 240",
    "PENDING_SNAPSHOTS, 4, 900",
    "RATE_OF_A_VOLUME, 1, 20",
    "SNAPSHOTS, 1, 900",
    "RATE, 1000, 900"
  })
  void eachPauseIsTwiceTheOneBeforeUpToAQuarterOfAnHour(
      QuotaRefusal refusal, int times, long seconds) {
    assertThat(refusal.pause(times).toSeconds()).isEqualTo(seconds);
  }
}
