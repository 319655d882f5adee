package dev.freezeframe.policy.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronExpressionTest {
  private static final LocalDateTime NOVEMBER = LocalDateTime.of(2026, 11, 20, 3, 0);

  private static List<String> nextThree(String expression) {
    assertThat(CronExpression.findFault(expression)).isEmpty();
    List<String> times = new ArrayList<>();
    var next = CronExpression.parse(expression).next(NOVEMBER);
    while (next.isPresent() && times.size() < 3) {
      times.add(next.get().toString());
      next = CronExpression.parse(expression).next(next.get());
    }
    return times;
  }

  @ParameterizedTest(name = "{0}: {1}, {2}, {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 2 * * ? *            | 2026-11-21T02:00 | 2026-11-22T02:00 | 2026-11-23T02:00
          0/15 * * * ? *         | 2026-11-20T03:15 | 2026-11-20T03:30 | 2026-11-20T03:45
          0 8,18 ? * 2-6 *       | 2026-11-20T08:00 | 2026-11-20T18:00 | 2026-11-23T08:00
          0 2 ? * MON-FRI *      | 2026-11-23T02:00 | 2026-11-24T02:00 | 2026-11-25T02:00
          0 2 ? * sun *          | 2026-11-22T02:00 | 2026-11-29T02:00 | 2026-12-06T02:00
          0 2 ? * 1 *            | 2026-11-22T02:00 | 2026-11-29T02:00 | 2026-12-06T02:00
          0 2 ? * L *            | 2026-11-21T02:00 | 2026-11-28T02:00 | 2026-12-05T02:00
          0 2 ? * 6L *           | 2026-11-27T02:00 | 2026-12-25T02:00 | 2027-01-29T02:00
          0 2 ? * FRI#2 *        | 2026-12-11T02:00 | 2027-01-08T02:00 | 2027-02-12T02:00
          0 2 ? * 5#5 *          | 2026-12-31T02:00 | 2027-04-29T02:00 | 2027-07-29T02:00
          0 2 L * ? *            | 2026-11-30T02:00 | 2026-12-31T02:00 | 2027-01-31T02:00
          0 2 15W * ? *          | 2026-12-15T02:00 | 2027-01-15T02:00 | 2027-02-15T02:00
          0 2 31W * ? *          | 2026-12-31T02:00 | 2027-01-29T02:00 | 2027-03-31T02:00
          0 2 29 2 ? *           | 2028-02-29T02:00 | 2032-02-29T02:00 | 2036-02-29T02:00
          0 2 1 JAN,JUL ? 2027/2 | 2027-01-01T02:00 | 2027-07-01T02:00 | 2029-01-01T02:00
          """)
  void everyWildcardOfEventBridgeHasItsMeaning(
      String expression, String first, String second, String third) {
    assertThat(nextThree(expression)).containsExactly(first, second, third);
  }

  @Test
  void aYearEndsASchedule() {
    assertThat(nextThree("0 2 1 1,7 ? 2027"))
        .containsExactly("2027-01-01T02:00", "2027-07-01T02:00");
  }
}
