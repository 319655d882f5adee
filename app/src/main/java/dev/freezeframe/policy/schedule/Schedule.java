package dev.freezeframe.policy.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.freezeframe.common.Quoted;
import dev.freezeframe.input.RefusedValueException;
import dev.freezeframe.policy.PolicyFields;
import java.time.Duration;
import java.time.ZoneId;
import java.util.regex.Pattern;

/**
 * When a policy runs.
 *
 * @param expression what EventBridge Scheduler takes: {@code cron(0 2 * * ? *)} or {@code rate(1
 *     day)}
 * @param timeZone in which a cron expression is meant; one of {@link TimeZones}
 * @param flexibleWindow how much later than its time a run may start; zero: on time
 */
public record Schedule(String expression, ZoneId timeZone, Duration flexibleWindow) {
  private static final Pattern FORM = Pattern.compile("(cron|rate)\\([^()]+\\)");

  public Schedule {
    if (expression == null || !FORM.matcher(expression).matches()) {
      throw refusal(String.valueOf(expression), "cron(...) or rate(...)");
    }
    String fields = fields(expression);
    if (expression.startsWith("rate(") && Rate.parse(fields).isEmpty()) {
      throw refusal(expression, Rate.EXPECTED);
    }
    if (expression.startsWith("cron(") && CronField.split(fields).isEmpty()) {
      throw refusal(expression, CronExpression.SIX_FIELDS);
    }
    PolicyFields.TIME_ZONE.check(timeZone);
    PolicyFields.FLEXIBLE_WINDOW.check(flexibleWindow);
  }

  /**
   * Refuses a schedule whose times cannot be told; only who asks for them looks into a cron
   * expression so far.
   *
   * @throws RefusedValueException with what was expected
   */
  public void checkTimes() {
    if (isCron()) {
      CronExpression.findFault(fields())
          .ifPresent(
              expected -> {
                throw refusal(expression, expected);
              });
    }
  }

  private static RefusedValueException refusal(String found, String expected) {
    return new RefusedValueException("expression", Quoted.quote(found), expected);
  }

  @JsonIgnore
  public boolean isCron() {
    return expression.startsWith("cron(");
  }

  /** What stands between the parentheses. */
  public String fields() {
    return fields(expression);
  }

  private static String fields(String expression) {
    return expression.substring("cron(".length(), expression.length() - 1);
  }
}
