package dev.freezeframe.operator.dlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.input.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionConverterTest {
  private final List<String> notes = new ArrayList<>();

  private Map<String, Object> convert(String schedule) {
    return RetentionConverter.convert(
        DlmObject.of(JsonTree.parse("dlm.json", schedule, "an object")), notes);
  }

  @ParameterizedTest
  @CsvSource({
    "14, DAYS, 14", "2, WEEKS, 14", "1, MONTHS, 31", "2, MONTHS, 62", "3, MONTHS, 92",
    "12, MONTHS, 366", "1, YEARS, 366", "4, YEARS, 1461", "100, YEARS, 36500", "36500, DAYS, 36500"
  })
  void anAgeIsNeverShorterThanDlmsButForTheLimitOfAHundredYears(
      int interval, String unit, int days) {
    assertThat(
            convert(
                """
                {"RetainRule": {"Interval": %d, "IntervalUnit": "%s"}}"""
                    .formatted(interval, unit)))
        .isEqualTo(Map.of("days", days));
  }

  @Test
  void oneYearIsNoneOfSeveral() {
    convert(
        """
        {"RetainRule": {"Interval": 1, "IntervalUnit": "YEARS"}}""");

    assertThat(notes).singleElement().asString().startsWith("1 year: written as 366 days");
  }

  @Test
  void whatTheArchiveWouldKeepIsKept() {
    assertThat(
            convert(
                """
                {"RetainRule": {"Count": 0},
                 "ArchiveRule": {"RetainRule": {"RetentionArchiveTier": {"Count": 3}}}}"""))
        .isEqualTo(Map.of("count", 3));
    assertThat(notes).singleElement().asString().contains("nothing is moved to the archive tier");
  }

  @Test
  void whereTheKindsDifferNothingEnds() {
    assertThat(
            convert(
                """
                {"RetainRule": {"Count": 3},
                 "ArchiveRule": {"RetainRule": {"RetentionArchiveTier":
                   {"Interval": 90, "IntervalUnit": "DAYS"}}}}"""))
        .isEmpty();
    assertThat(notes).last().asString().contains("nothing ends until you write");
  }

  @Test
  void withoutARuleNothingEnds() {
    assertThat(convert("{}")).isEmpty();
    assertThat(notes).singleElement().asString().startsWith("no RetainRule: nothing ends");
  }
}
