package dev.freezeframe.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "15m, PT15M",
    "24h, PT24H",
    "7d, P7D",
    "1d6h, PT30H",
    "2h5m1s, PT2H5M1S"
  })
  void partsAddUp(String text, Duration duration) {
    assertThat(DurationText.parse(text)).contains(duration);
    assertThat(DurationText.parse(duration.toString())).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6", "h", "6h1d", "1h1h", "-5s", "1.5h", "9999999999s", "1 h"})
  void whatHasNoUnitOrAnotherOrderIsNone(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }
}
