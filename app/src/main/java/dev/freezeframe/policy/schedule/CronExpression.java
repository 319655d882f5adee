package dev.freezeframe.policy.schedule;

import com.cronutils.model.definition.CronConstraintsFactory;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A cron expression of EventBridge Scheduler, as times on a wall clock that is never changed. */
public final class CronExpression {
  static final String SIX_FIELDS =
      "6 fields: minutes hours day-of-month month day-of-week year, such as 0 2 * * ? *";

  private static final int MAX_LENGTH = 250;
  private static final int MONDAY = 2;
  private static final LocalDateTime BEFORE_ALL = LocalDateTime.of(1969, 12, 31, 23, 59);
  private static final CronParser PARSER = new CronParser(definition());

  private final ExecutionTime times;
  private final Predicate<LocalDate> days;

  private CronExpression(ExecutionTime times, Predicate<LocalDate> days) {
    this.times = times;
    this.days = days;
  }

  /** Reads an expression in which {@link #findFault} finds none. */
  static CronExpression parse(String text) {
    String dayOfMonth = CronField.split(text).orElseThrow().get(CronField.DAY_OF_MONTH);
    return NearestWeekday.parse(dayOfMonth)
        .map(nearest -> new CronExpression(timesOf(text.replace(dayOfMonth, "*")), nearest::isOn))
        .orElseGet(() -> new CronExpression(timesOf(text), anyDay -> true));
  }

  private static ExecutionTime timesOf(String text) {
    return ExecutionTime.forCron(PARSER.parse(text));
  }

  /** What the expression should be instead; empty if nothing is wrong with it. */
  public static Optional<String> findFault(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.of("a cron expression of at most %d characters".formatted(MAX_LENGTH));
    }
    return CronField.split(text)
        .filter(fields -> !text.startsWith("cron("))
        .map(fields -> findFault(text, fields))
        .orElse(Optional.of(SIX_FIELDS));
  }

  private static Optional<String> findFault(String text, Map<CronField, String> fields) {
    String faulty =
        fields.entrySet().stream()
            .filter(field -> !field.getKey().takes(field.getValue(), PARSER))
            .map(field -> field.getKey().expected())
            .collect(Collectors.joining("; "));
    if (!faulty.isEmpty()) {
      return Optional.of(faulty);
    }
    boolean anyDay = fields.get(CronField.DAY_OF_MONTH).equals("?");
    if (anyDay == fields.get(CronField.DAY_OF_WEEK).equals("?")) {
      return Optional.of("? as either day-of-month or day-of-week, and as one of them only");
    }
    return parse(text).next(BEFORE_ALL).isPresent()
        ? Optional.empty()
        : Optional.of("a date that the calendar has");
  }

  /** The first time after another one; empty if none exists until 2199. */
  Optional<LocalDateTime> next(LocalDateTime after) {
    Optional<LocalDateTime> next = nextOnAnyDay(after);
    while (next.isPresent() && !days.test(next.get().toLocalDate())) {
      next = nextOnAnyDay(next.get().with(LocalTime.MAX));
    }
    return next;
  }

  private Optional<LocalDateTime> nextOnAnyDay(LocalDateTime after) {
    return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }

  private static CronDefinition definition() {
    return CronDefinitionBuilder.defineCron()
        .withMinutes()
        .withValidRange(0, 59)
        .withStrictRange()
        .and()
        .withHours()
        .withValidRange(0, 23)
        .withStrictRange()
        .and()
        .withDayOfMonth()
        .withValidRange(1, 31)
        .supportsL()
        .supportsW()
        .supportsQuestionMark()
        .withStrictRange()
        .and()
        .withMonth()
        .withValidRange(1, 12)
        .withStrictRange()
        .and()
        .withDayOfWeek()
        .withValidRange(1, 7)
        .withMondayDoWValue(MONDAY)
        .supportsHash()
        .supportsL()
        .supportsQuestionMark()
        .and()
        .withYear()
        .withValidRange(1970, 2199)
        .withStrictRange()
        .and()
        .withCronValidation(CronConstraintsFactory.ensureEitherDayOfWeekOrDayOfMonth())
        .instance();
  }
}
