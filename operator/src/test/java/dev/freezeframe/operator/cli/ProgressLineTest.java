package dev.freezeframe.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter err = new StringWriter();
  private long now;

  private ProgressLine progress(OptionalInt terminal) {
    return new ProgressLine(
        new PrintWriter(err),
        new Terminal(OptionalInt.empty(), terminal, false),
        () -> "Interrupted.",
        () -> now);
  }

  private void after(Duration time) {
    now += time.toNanos();
  }

  @Test
  void aTerminalIsToldAtOnceWhatBeginsAndEachSecondHowFarItIs() {
    try (ProgressLine progress = progress(OptionalInt.of(80))) {
      progress.begin("starting");
      assertThat(err).hasToString("starting");
      after(Duration.ofMillis(999));
      progress.show(() -> "too early");
      after(Duration.ofMillis(1));
      progress.show(() -> "1 of 9");
      assertThat(err).hasToString("starting\r        \r1 of 9");
    }
    assertThat(err.toString()).endsWith("\r      \r");
  }

  @Test
  void whoInterruptsIsToldWhatIsLeftInALineOfItsOwn() {
    try (ProgressLine progress = progress(OptionalInt.of(80))) {
      progress.begin("1 of 9");
      progress.leave("Interrupted: nothing is written.");

      assertThat(err).hasToString("1 of 9\nInterrupted: nothing is written.\n");
    }
  }

  @Test
  void elsewhereALineSaysSoEveryTenSecondsWithoutControlCharacters() {
    try (ProgressLine progress = progress(OptionalInt.empty())) {
      progress.begin("starting");
      after(Duration.ofSeconds(9));
      progress.show(() -> "too early");
      after(Duration.ofSeconds(1));
      progress.show(() -> "1 of 9");
    }
    assertThat(err.toString().lines()).containsExactly("1 of 9");
    assertThat(err.toString()).doesNotContain("\r", "\u001b", "\t");
  }

  @Test
  void theLineFitsIntoTheTerminalBecauseOneThatIsWrappedCannotBeTakenBack() {
    try (ProgressLine progress = progress(OptionalInt.of(40))) {
      progress.begin("writing " + "x".repeat(100));
      assertThat(err.toString()).hasSize(39).endsWith("...");
    }
  }

  @Test
  void whatStaysDoesNotStandBehindWhatIsTakenBack() {
    try (ProgressLine progress = progress(OptionalInt.of(80))) {
      progress.begin("1 of 9");
      progress.say("seed 1: a promise was broken");
      assertThat(err)
          .hasToString("1 of 9\r      \rseed 1: a promise was broken" + System.lineSeparator());
    }
  }
}
