package dev.freezeframe.policy.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.policy.reader.PolicyLimits;
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
      throw new IllegalArgumentException(
          "schedule '%s': expected cron(...) or rate(...)".formatted(expression));
    }
    if (timeZone == null || !TimeZones.names().contains(timeZone.getId())) {
      throw new IllegalArgumentException(
          "time zone of schedule '%s' is %s, expected a name of the IANA database such as UTC"
              .formatted(expression, timeZone));
    }
  }

  /**
   * Holds the schedule to its limits: for one that was not read from a file.
   *
   * @throws IllegalArgumentException with the first field that is beyond its limit
   */
  public void checked(PolicyName policy) {
    PolicyLimits.check(policy, this);
  }

  @JsonIgnore
  public boolean isCron() {
    return expression.startsWith("cron(");
  }

  /** What stands between the parentheses. */
  public String fields() {
    return expression.substring("cron(".length(), expression.length() - 1);
  }
}
