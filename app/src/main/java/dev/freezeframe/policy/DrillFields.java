package dev.freezeframe.policy;

import static dev.freezeframe.input.Field.optional;
import static dev.freezeframe.input.Field.withDefault;

import dev.freezeframe.input.Entry;
import dev.freezeframe.input.Field;
import dev.freezeframe.input.FieldType;
import dev.freezeframe.input.FieldTypes.DecimalNumber;
import dev.freezeframe.input.FieldTypes.ListOf;
import dev.freezeframe.input.FieldTypes.Seconds;
import dev.freezeframe.input.FieldTypes.WholeNumber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The fields of {@code drill}, rows of the same table as all fields of a policy. */
public final class DrillFields {
  /** The document that checks file systems, and starts nothing. */
  public static final String FILE_SYSTEMS = "freezeframe-drill-filesystem";

  static final Field<Entry> DRILL =
      optional(
          "drill",
          PolicyTypes.GROUP,
          "sets are restored to an instance of their own, checked there and taken away; without it,"
              + " none is drilled",
          "");
  static final Field<Duration> EACH =
      withDefault(
          "drill.each",
          Seconds.between("1d", "3660d"),
          Duration.ofDays(90),
          "duration within which a set of each instance is drilled once",
          " (ours)");
  static final Field<Duration> SHARE =
      optional(
          "drill.share",
          new Share(),
          "share of the instances that is drilled in a day, such as `2%`; instead of `each`",
          " (ours), up to two decimals");
  static final Field<String> CRON =
      withDefault(
          "drill.schedule",
          PolicyTypes.CRON,
          "0 8 * * ? *",
          "when drills start, as `schedule.cron`, in `schedule.timeZone`",
          "EventBridge Scheduler");
  static final Field<Drill.Level> LEVEL =
      withDefault(
          "drill.level",
          new LevelType(),
          Drill.Level.L2,
          "`L0`: the snapshots are complete; `L2`: mounted and checked; `L3`: the application"
              + " started and checked",
          "");
  static final Field<String> DOCUMENT =
      withDefault(
          "drill.document",
          new DocumentName(),
          FILE_SYSTEMS,
          "name or ARN of an SSM document that keeps the contract of drills",
          "3..128 of `a-zA-Z0-9_-.:/`, SSM; to be deployed it is one of the project's, or named in"
              + " `freezeframe:documents`; one that starts an application at `L3`");
  static final Field<Duration> TIMEOUT =
      withDefault(
          "drill.timeout",
          Seconds.between("1m", "12h"),
          Duration.ofMinutes(30),
          "duration, for the validation in the drill instance",
          " (ours)");
  static final Field<String> INSTANCE_TYPE =
      optional(
          "drill.instanceType",
          new Form("an instance type such as t3.small", "[a-z][a-z0-9-]{1,20}\\.[a-z0-9-]{1,20}"),
          "type of the drill instance; a `t3.small`, or a `t4g.small` for an Arm set, if unset",
          "EC2");
  static final Field<String> IMAGE =
      optional(
          "drill.image",
          new Form(
              "an image such as ami-0123456789abcdef0, or resolve:ssm:NAME",
              "ami-[0-9a-f]{8}([0-9a-f]{9})?|resolve:ssm:[a-zA-Z0-9_.:/-]{1,900}"),
          "image of the drill instance, with the agent of Systems Manager; the newest Amazon Linux"
              + " 2023 if unset",
          "EC2");
  static final Field<List<String>> SUBNETS =
      withDefault(
          "drill.subnets",
          new ListOf<>(id("subnet"), 0, 6),
          List.of(),
          "ids of subnets for drill instances, tried in turn while EC2 has no capacity; the"
              + " deployment's own, isolated one if unset",
          " (ours)");
  static final Field<List<String>> SECURITY_GROUPS =
      withDefault(
          "drill.securityGroups",
          new ListOf<>(id("sg"), 0, 5),
          List.of(),
          "ids of their security groups; with `subnets`",
          ", EC2's default for a network interface");
  static final Field<Integer> MAX_CONCURRENT =
      withDefault(
          "drill.maxConcurrent",
          new WholeNumber(1, 10),
          2,
          "drills of the policy at once",
          " (ours)");
  static final Field<Integer> MAX_GIB =
      withDefault(
          "drill.maxGiB",
          new WholeNumber(1, 1_000_000),
          2000,
          "GiB of the volumes of one drill; a larger set is skipped, and said to be",
          " (ours)");
  static final Field<Double> MAX_PER_MONTH =
      withDefault(
          "drill.maxPerMonth",
          new DecimalNumber(0.01, 100_000, "0.01..100000"),
          20.0,
          "US$ that the drills of the policy may cost in a calendar month (UTC), by approximate"
              + " prices; what is over it is skipped",
          " (ours), up to three decimals");
  static final Field<Duration> RTO =
      optional(
          "drill.rto",
          Seconds.between("1m", "30d"),
          "duration from the launch until everything is checked; a drill that takes longer passes"
              + " with a warning",
          " (ours)");
  static final Field<Duration> RPO =
      optional(
          "drill.rpo",
          Seconds.between("1m", "366d"),
          "age that the drilled set may have; an older one passes with a warning",
          " (ours)");

  /** In the order of the reference. */
  static final List<Field<?>> ALL =
      List.of(
          DRILL,
          EACH,
          SHARE,
          CRON,
          LEVEL,
          DOCUMENT,
          TIMEOUT,
          INSTANCE_TYPE,
          IMAGE,
          SUBNETS,
          SECURITY_GROUPS,
          MAX_CONCURRENT,
          MAX_GIB,
          MAX_PER_MONTH,
          RTO,
          RPO);

  private DrillFields() {}

  private static FieldType<String> id(String kind) {
    return new Form(
        "an id such as %s-0123456789abcdef0".formatted(kind), kind + "-[0-9a-f]{8}([0-9a-f]{9})?");
  }

  /** A text of a form, also in the input of an execution, which nobody has read from a file. */
  private record Form(String expected, String form) implements FieldType<String> {
    @Override
    public Optional<String> read(Entry entry) {
      return entry.text().filter(text -> text.matches(form)).or(() -> entry.refuse(expected));
    }

    @Override
    public Optional<String> findFault(String value) {
      return value.matches(form) ? Optional.empty() : Optional.of(expected);
    }
  }

  /** {@code 2%} a day: once within 50 days. */
  private record Share() implements FieldType<Duration> {
    private static final String EXPECTED = "a share of a day such as 2% or 0.5%, 0.03%..100%";
    private static final double MIN_PERCENT = 0.03;
    private static final double SECONDS = Duration.ofDays(1).toSeconds() * 100.0;

    @Override
    public Optional<Duration> read(Entry entry) {
      return entry
          .text()
          .filter(text -> text.matches("\\d{1,3}(\\.\\d{1,2})?%"))
          .map(text -> Double.parseDouble(text.substring(0, text.length() - 1)))
          .filter(percent -> percent >= MIN_PERCENT && percent <= 100)
          .map(percent -> Duration.ofSeconds(Math.round(SECONDS / percent)))
          .or(() -> entry.refuse(EXPECTED));
    }

    @Override
    public String expected() {
      return EXPECTED;
    }

    @Override
    public String range() {
      return "0.03%..100%";
    }
  }

  /** What is not built is refused with that reason. */
  private record LevelType() implements FieldType<Drill.Level> {

    @Override
    public Optional<Drill.Level> read(Entry entry) {
      String text = entry.text().orElse("");
      for (Drill.Level level : Drill.Level.values()) {
        if (level.name().equals(text)) {
          return Optional.of(level);
        }
      }
      return switch (text) {
        case "L1" ->
            entry.refuse(expected() + ": L1 reads blocks without an instance, and is not built");
        case "L4" ->
            entry.refuse(expected() + ": L4 boots a restored root volume, and is not built");
        default -> entry.refuse(expected());
      };
    }

    @Override
    public String expected() {
      return "L0, L2 or L3";
    }
  }
}
