package dev.freezeframe.policy.reader;

import dev.freezeframe.policy.field.DurationField;
import dev.freezeframe.policy.field.Entry;
import dev.freezeframe.policy.field.Section;
import dev.freezeframe.policy.field.TimeZoneField;
import dev.freezeframe.policy.schedule.CronExpression;
import dev.freezeframe.policy.schedule.Rate;
import dev.freezeframe.policy.schedule.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Reads when a policy runs. */
public final class ScheduleReader {
  public static final List<String> FIELDS = List.of("cron", "rate", "timeZone", "flexibleWindow");
  static final DurationField WINDOW = DurationField.between("1m", "24h");
  private static final String DEFAULT = "cron(0 2 * * ? *)";

  private ScheduleReader() {}

  static Schedule read(Section schedule) {
    Optional<String> cron = schedule.read("cron", ScheduleReader::readCron);
    Optional<String> rate = schedule.read("rate", ScheduleReader::readRate);
    if (schedule.isSet("cron") && schedule.isSet("rate")) {
      schedule.refuse("rate", "set beside cron", "one of the two");
    }
    return new Schedule(
        cron.or(() -> rate).orElse(DEFAULT),
        schedule.read("timeZone", new TimeZoneField()).orElse(ZoneId.of("UTC")),
        schedule.read("flexibleWindow", ScheduleReader::readWindow).orElse(Duration.ZERO));
  }

  private static Optional<String> readCron(Entry entry) {
    String text = entry.text().orElse("");
    Optional<String> expected = CronExpression.findFault(text);
    return expected.isPresent() ? entry.refuse(expected.get()) : Optional.of("cron(" + text + ")");
  }

  private static Optional<String> readRate(Entry entry) {
    return entry
        .text()
        .flatMap(Rate::parse)
        .map(rate -> "rate(" + rate + ")")
        .or(() -> entry.refuse(Rate.EXPECTED));
  }

  /** EventBridge Scheduler takes whole minutes, a day at most. */
  private static Optional<Duration> readWindow(Entry entry) {
    if (entry.text().orElse("").equals("off")) {
      return Optional.of(Duration.ZERO);
    }
    Optional<Duration> window = WINDOW.read(entry);
    return window
        .filter(read -> read.toSecondsPart() == 0)
        .or(() -> window.flatMap(read -> entry.refuse("whole minutes, or off")));
  }
}
