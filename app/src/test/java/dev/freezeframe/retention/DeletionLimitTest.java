package dev.freezeframe.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletionLimitTest {

  @ParameterizedTest
  @CsvSource({
    // going, size, taken: exceeded at 0.75
    "24, 31, 24, false",
    "24, 31, 23, false",
    "24, 31, 22, true",
    "23, 31, 0, false",
    "1, 1, 0, false",
    "2, 2, 0, true",
    "3, 4, 0, false",
  })
  void aGroupLosesNoMoreThanItsShareOfWhatNothingReplaces(
      int going, int size, int taken, boolean exceeded) {
    Turnover turnover = new Turnover(going, size, taken, 2 * going);

    assertThat(DeletionLimit.DEFAULT.exceededBy(turnover)).isEqualTo(exceeded);
  }

  @Test
  void aLimitThatLimitsNothingOrEverythingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeletionLimit(-1, 0.5))
        .withMessage("snapshots is -1, expected a number from 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeletionLimit(1, 0))
        .withMessage("share is 0.0, expected above 0 and up to 1");
  }
}
