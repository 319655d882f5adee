package dev.freezeframe.operator.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reports for tests: so many instances, each with a freeze, and every kind of end among them. */
public final class Reports {
  /** What a guest could say to get out of the page's data. */
  public static final String HOSTILE =
      "</script><img src=x onerror=alert(1)><!-- & \u2028 {{script}} \"quoted\" 'too'"
          + " \u001b[2J [mark](javascript:alert(1)) =cmd|' /C calc'!A1 "
          + "FREEZEFRAME event=held volumes=vol-0123456789abcdef0";

  private static final Instant FIRED = Instant.parse("2026-11-22T01:00:00Z");

  private Reports() {}

  /** One run of so many instances. */
  public static Report of(int instances) {
    return of(instances, 0);
  }

  /** One run of so many instances, none of them told in full. */
  public static Report inShort(int instances) {
    return ReportTruncation.of(of(instances), 0);
  }

  /** One run of so many instances, and two sets of each on so many days before it. */
  public static Report of(int instances, int days) {
    return new Report(
        "A report of " + instances,
        "made by a test",
        FIRED.plusSeconds(7200),
        ZoneOffset.UTC,
        List.of(HOSTILE),
        List.of(
            new Report.Run(
                "daily-20261122T010000Z",
                FIRED,
                IntStream.range(0, instances).mapToObj(Reports::backup).toList())),
        IntStream.range(0, instances * days * 2).mapToObj(number -> set(number, days)).toList(),
        List.of(),
        Report.StillHeld.NONE,
        List.of(),
        List.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static Report.SetLife set(int number, int days) {
    Instant taken = FIRED.minus(Duration.ofHours(12).multipliedBy(number % (2 * days)));
    return new Report.SetLife(
        instance(number / (2 * days)),
        "set-" + number,
        taken,
        Optional.of("APPLICATION"),
        1,
        number % 3 == 0 ? Optional.of(taken.plusSeconds(9)) : Optional.empty(),
        "why");
  }

  private static String instance(int number) {
    return "i-%017x".formatted(number);
  }

  private static Backup backup(int number) {
    Instant begun = FIRED.plusMillis(number * 500L);
    Instant frozen = begun.plusSeconds(5);
    Instant thawed = frozen.plusMillis(1500 + number % 2000);
    boolean failed = number % 50 == 7;
    boolean skipped = number % 50 == 8;
    String snapshot = "snap-%017x".formatted(number);
    return new Backup(
        instance(number),
        failed ? "FAILED" : skipped ? "SKIPPED" : "SUCCEEDED",
        failed || skipped
            ? Optional.empty()
            : Optional.of(number % 9 == 3 ? "CRASH" : "APPLICATION"),
        failed || skipped || number % 9 == 3
            ? Optional.empty()
            : Optional.of(number % 2 == 0 ? "PROVED" : "CLAIMED"),
        number % 50 == 0 ? HOSTILE : "reason number " + number,
        Optional.of("arn:aws:states:::execution:snapshot-instance:" + number),
        Optional.of("succeeded"),
        Optional.of("succeeded"),
        1,
        skipped ? Optional.empty() : Optional.of(Duration.between(frozen, thawed)),
        skipped
            ? List.of()
            : List.of(
                new Span(Span.Kind.DRY_RUN, begun.plusSeconds(2), begun.plusSeconds(4), HOSTILE),
                new Span(Span.Kind.FROZEN, frozen, thawed, "thawed by a post-script"),
                Span.moment(Span.Kind.SNAPSHOT_SET, frozen.plusMillis(700), "point in time"),
                new Span(Span.Kind.WAITING, thawed, thawed.plusSeconds(600), "waiting")),
        List.of(),
        skipped
            ? List.of()
            : List.of(
                new Backup.Member(
                    snapshot,
                    "vol-%017x".formatted(number),
                    "completed",
                    frozen.plusMillis(700),
                    Optional.of(thawed.plusSeconds(300)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("APPLICATION (claimed)"))),
        List.of(
            new Backup.Entered("First attempt", begun),
            new Backup.Entered("Inspect instance", begun)),
        List.of("ec2:CreateSnapshots"));
  }
}
