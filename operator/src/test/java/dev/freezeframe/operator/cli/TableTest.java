package dev.freezeframe.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private static final String SENTENCE =
      "held by its scripts from 01:00:05 to 01:00:06, point in time 01:00:05, within the tolerance";

  private static List<String> row(OptionalInt columns, String sentence) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new Table(out, columns, List.of(19, 9, 11))
        .row(List.of("i-0f1000000b0a7c0de", "SUCCEEDED", "APPLICATION"), sentence);
    return text.toString().lines().toList();
  }

  @Test
  void withoutATerminalARowIsOneLine() {
    assertThat(row(OptionalInt.empty(), SENTENCE))
        .containsExactly("  i-0f1000000b0a7c0de  SUCCEEDED  APPLICATION  " + SENTENCE);
  }

  @Test
  void whereThereIsRoomTheSentenceGoesOnInItsOwnColumn() {
    assertThat(row(OptionalInt.of(90), SENTENCE))
        .containsExactly(
            "  i-0f1000000b0a7c0de  SUCCEEDED  APPLICATION  held by its scripts from 01:00:05 to",
            "                                               01:00:06, point in time 01:00:05, within",
            "                                               the tolerance");
  }

  @Test
  void whereThereIsNoneCellsAndSentenceGoOnBelow() {
    assertThat(row(OptionalInt.of(40), SENTENCE))
        .containsExactly(
            "  i-0f1000000b0a7c0de  SUCCEEDED",
            "      APPLICATION",
            "      held by its scripts from 01:00:05",
            "      to 01:00:06, point in time",
            "      01:00:05, within the tolerance");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 41, 57, 79, 80, 81, 120, 200})
  void noLineIsWiderThanTheTerminalAndNoWordIsLost(int columns) {
    String longWord = "arn:aws:states:eu-central-1:111122223333:execution:" + "x".repeat(150);
    List<String> lines = row(OptionalInt.of(columns), SENTENCE + " " + longWord + " end");

    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    assertThat(String.join("", lines).replace(" ", ""))
        .isEqualTo(
            "i-0f1000000b0a7c0deSUCCEEDEDAPPLICATION"
                + (SENTENCE + longWord + "end").replace(" ", ""));
  }

  @Test
  void aPairOfSurrogatesStaysTogether() {
    String boxes = "\uD83D\uDCE6".repeat(100);

    assertThat(Paragraph.lines(OptionalInt.of(41), boxes))
        .allSatisfy(
            line ->
                assertThat(line.codePoints()).noneMatch(letter -> letter < 0x10000 && letter > 32))
        .allSatisfy(line -> assertThat(Paragraph.length(line)).isLessThanOrEqualTo(41));
  }
}
