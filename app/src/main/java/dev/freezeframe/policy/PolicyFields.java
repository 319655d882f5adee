package dev.freezeframe.policy;

import static dev.freezeframe.input.Field.optional;
import static dev.freezeframe.input.Field.required;
import static dev.freezeframe.input.Field.withDefault;
import static dev.freezeframe.input.FieldTypes.FLAG;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.input.Entry;
import dev.freezeframe.input.Field;
import dev.freezeframe.input.FieldTable;
import dev.freezeframe.input.FieldType;
import dev.freezeframe.input.FieldTypes.DecimalNumber;
import dev.freezeframe.input.FieldTypes.ListOf;
import dev.freezeframe.input.FieldTypes.Seconds;
import dev.freezeframe.input.FieldTypes.Text;
import dev.freezeframe.input.FieldTypes.WholeNumber;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every field of a policy, one row each: where it stands, what it may be, what holds if it is
 * unset, and what it means.
 *
 * <p>The reader, the records and the reference in docs/policies.md all take their limits and their
 * words from here.
 */
public final class PolicyFields {
  private static final FieldType<Duration> WAIT = Seconds.between("1s", "3d");
  private static final FieldType<Integer> THOUSAND = new WholeNumber(1, 1000);

  static final Field<PolicyName> NAME =
      required(
          "name",
          PolicyTypes.NAME,
          "text",
          "1..40 letters, digits, `-`, `_`: part of execution names, which Step Functions limits to"
              + " 80 characters");
  static final Field<String> DESCRIPTION =
      optional(
          "description",
          new Text(1, 200),
          "text for people: what the policy is for, or whose it is; its sentence and its stack"
              + " begin with it",
          " visible characters (ours)");
  static final Field<Boolean> ENABLED = withDefault("enabled", FLAG, true, "true, false", "");
  static final Field<List<TagSelector>> TARGETS =
      withDefault(
          "targets",
          new ListOf<>(PolicyTypes.SELECTOR, 1, 50),
          List.of(TagSelector.parse("snapshot=snapshot")),
          "list of tags; an instance is matched if it carries any",
          " (32 KB of all tags of a policy together), as Data Lifecycle Manager (DLM); key 1..128,"
              + " value 0..256 characters (EC2)");

  static final Field<String> CRON =
      withDefault(
          "schedule.cron",
          PolicyTypes.CRON,
          "0 2 * * ? *",
          "minutes hours day-of-month month day-of-week year",
          "EventBridge Scheduler: exactly one of day-of-month and day-of-week is `?`");
  static final Field<String> RATE =
      optional(
          "schedule.rate",
          PolicyTypes.RATE,
          "`6 hours`, `1 day`; instead of `cron`",
          "minutes, hours or days, 1..99999 (ours)");
  public static final Field<ZoneId> TIME_ZONE =
      withDefault(
          "schedule.timeZone",
          PolicyTypes.TIME_ZONE,
          ZoneId.of("UTC"),
          "IANA name",
          "EventBridge Scheduler");
  public static final Field<Duration> FLEXIBLE_WINDOW =
      withDefault(
          "schedule.flexibleWindow",
          PolicyTypes.WINDOW,
          Duration.ZERO,
          "duration, or `off`: how much later a run may start",
          " in whole minutes, EventBridge Scheduler");

  static final Field<Boolean> EXCLUDE_BOOT =
      withDefault("volumes.excludeBoot", FLAG, true, "true, false", "");
  static final Field<List<TagSelector>> EXCLUDE_TAGS =
      withDefault(
          "volumes.excludeTags",
          new ListOf<>(PolicyTypes.SELECTOR, 0, 50),
          List.of(),
          "list of tags; a volume that carries any is left out",
          ", as DLM");

  static final Field<Entry> SCRIPTS =
      optional(
          "scripts",
          PolicyTypes.GROUP,
          "without it, no scripts run and sets are crash-consistent",
          "");
  static final Field<String> DOCUMENT =
      required(
          "scripts.document",
          new DocumentName(),
          "name or ARN of an SSM document that keeps DLM's contract; required in `scripts`",
          "3..128 of `a-zA-Z0-9_-.:/`, SSM; to be deployed it is one of the project's, of AWS's, or"
              + " named in `freezeframe:documents`");
  static final Field<List<Stage>> STAGES =
      withDefault(
          "scripts.stages",
          new ListOf<>(PolicyTypes.STAGE, 1, 2),
          List.of(Stage.PRE, Stage.POST),
          "list of `pre`, `post`; only both can freeze and thaw",
          "");
  static final Field<Duration> TIMEOUT =
      withDefault(
          "scripts.timeout",
          Seconds.between("10s", "120s"),
          Duration.ofSeconds(10),
          "duration, for one script",
          ", as DLM");
  static final Field<Integer> RETRIES =
      withDefault(
          "scripts.retries",
          new WholeNumber(0, 3),
          0,
          "further attempts after a pre-script failed",
          ", as DLM");
  static final Field<Boolean> FALL_BACK =
      withDefault(
          "scripts.fallBackToCrashConsistent",
          FLAG,
          true,
          "whether a set without scripts is taken once the attempts are used up; if not, the"
              + " instance is skipped",
          "");
  static final Field<Duration> FREEZE_BUDGET =
      withDefault(
          "scripts.freezeBudget",
          Seconds.between("1s", "120s"),
          Duration.ofSeconds(30),
          "duration: no set is started in a freeze that is older",
          " (ours)");

  static final Field<Hold> HOLD =
      optional(
          "hold",
          PolicyTypes.HOLD,
          "`stop`: an instance is stopped for its set and started again; instead of `scripts`. Its"
              + " boot volume is in the set only with `volumes.excludeBoot: false`",
          "");
  static final Field<Entry> STOP =
      optional("stop", PolicyTypes.GROUP, "how instances are stopped, with `hold: stop`", "");
  static final Field<Duration> STOP_TIMEOUT =
      withDefault(
          "stop.timeout",
          Seconds.between("1m", "2h"),
          Duration.ofMinutes(10),
          "duration: an instance that is not stopped by then is started again, and its backup"
              + " fails",
          " (ours)");
  static final Field<Duration> FORCE_AFTER =
      optional(
          "stop.forceAfter",
          Seconds.between("1m", "2h"),
          "duration after which the stop is forced; the set is then crash-consistent",
          ", less than `timeout`");
  static final Field<DailyWindow> STOP_WINDOW =
      optional(
          "stop.window",
          PolicyTypes.DAILY_WINDOW,
          "time of day such as `22:00-05:00`, in `schedule.timeZone`; outside it no instance is"
              + " stopped",
          "");
  static final Field<String> GROUP_BY_TAG =
      optional(
          "stop.groupByTag",
          TagSelector.KEY,
          "the instance tag whose value names its group; without it all instances of the policy"
              + " are one",
          " characters: a tag key");
  static final Field<Integer> AT_ONCE =
      withDefault(
          "stop.atOnce",
          new WholeNumber(1, 100),
          1,
          "instances of a group that may be stopped together; the others wait in turn",
          " (ours)");
  static final Field<String> ORDER_BY_TAG =
      optional(
          "stop.orderByTag",
          TagSelector.KEY,
          "the instance tag whose whole number says who of those that wait is first; without the"
              + " tag an instance comes last",
          " characters: a tag key");
  static final Field<List<String>> SKIP_IF_ALARM =
      withDefault(
          "stop.skipIfAlarm",
          new ListOf<>(new Text(1, 255), 0, 5),
          List.of(),
          "names of CloudWatch alarms of the account and the Region; while one is in `ALARM`, no"
              + " instance is stopped",
          " (ours), each a name of 1..255 characters");

  /** DLM's longest age is 100 years. */
  static final Field<Integer> DAYS =
      optional(
          "retention.days",
          new WholeNumber(1, 36_500),
          "age from the set's point in time",
          ", as DLM");

  static final Field<Integer> COUNT =
      optional("retention.count", THOUSAND, "newest sets of an instance", ", as DLM");
  static final Field<Integer> HOURLY =
      optional("retention.tiers.hourly", THOUSAND, "newest set of each of so many hours", "");
  static final Field<Integer> DAILY =
      optional("retention.tiers.daily", THOUSAND, "of so many days", "");
  static final Field<Integer> WEEKLY =
      optional("retention.tiers.weekly", THOUSAND, "of so many weeks", "");
  static final Field<Integer> MONTHLY =
      optional("retention.tiers.monthly", THOUSAND, "of so many months", "");
  static final Field<Integer> YEARLY =
      optional("retention.tiers.yearly", THOUSAND, "of so many years", "");
  static final Field<String> LIFETIME_TAG =
      withDefault(
          "retention.lifetimeTag",
          TagSelector.KEY,
          "snaplifetime",
          "the instance tag whose number overrides `days`",
          " characters: a tag key");
  static final Field<Integer> MINIMUM =
      optional(
          "retention.minimum",
          new WholeNumber(0, 1000),
          "sets of an instance that are kept whatever the rules say, 1 if unset;"
              + " application-consistent ones first",
          "");
  static final Field<Boolean> KEEP_SHARED =
      withDefault(
          "retention.keepShared",
          FLAG,
          false,
          "whether a snapshot that is shared with another account is kept",
          "");

  static final Field<Map<String, String>> ADD =
      withDefault(
          "tags.add",
          PolicyTypes.ADDED_TAGS,
          Map.of(),
          "tags that each snapshot gets",
          ", of EC2's 50: the rest is for our own and copied ones; keys do not start with `aws:` or"
              + " `freezeframe:`");
  static final Field<Boolean> COPY_FROM_VOLUME =
      withDefault(
          "tags.copyFromVolume",
          FLAG,
          true,
          "true, false",
          "where a volume has so many that they and ours are more than 50, a set is taken without,"
              + " and its reason says so");

  static final Field<Double> SETS_PER_SECOND =
      withDefault(
          "pacing.setsPerSecond",
          new DecimalNumber(0.01, 100, "0.01..100"),
          5.0,
          "sets that may be ordered in a second, up to three decimals",
          " (ours); 5 is the refill rate of CreateSnapshots, a quota that an account can raise."
              + " Under the quota of pending snapshots sets wait in turn whatever the pacing is");
  static final Field<Duration> JITTER =
      withDefault(
          "pacing.jitter",
          Seconds.between("0s", "24h"),
          Duration.ZERO,
          "duration: each instance starts up to this much later",
          " (ours)");

  static final Field<Duration> FIRST_WAIT =
      withDefault(
          "completion.firstWait",
          WAIT,
          Duration.ofMinutes(1),
          "duration before the first look at a set; each further wait is longer",
          "");
  static final Field<Duration> LONGEST_WAIT =
      withDefault(
          "completion.longestWait",
          WAIT,
          Duration.ofMinutes(15),
          "duration that no wait exceeds",
          ", at least `firstWait`, and at least a thousandth of `giveUpAfter`, so that a run stays"
              + " well under the 25,000 history events of Step Functions");
  static final Field<Duration> GIVE_UP_AFTER =
      withDefault(
          "completion.giveUpAfter",
          WAIT,
          Duration.ofHours(24),
          "duration after which an unsettled set counts as failed",
          ", at least `longestWait` (ours)");

  private static final List<Field<?>> OWN =
      List.of(
          NAME,
          DESCRIPTION,
          ENABLED,
          TARGETS,
          CRON,
          RATE,
          TIME_ZONE,
          FLEXIBLE_WINDOW,
          EXCLUDE_BOOT,
          EXCLUDE_TAGS,
          SCRIPTS,
          DOCUMENT,
          STAGES,
          TIMEOUT,
          RETRIES,
          FALL_BACK,
          FREEZE_BUDGET,
          HOLD,
          STOP,
          STOP_TIMEOUT,
          FORCE_AFTER,
          STOP_WINDOW,
          GROUP_BY_TAG,
          AT_ONCE,
          ORDER_BY_TAG,
          SKIP_IF_ALARM,
          DAYS,
          COUNT,
          HOURLY,
          DAILY,
          WEEKLY,
          MONTHLY,
          YEARLY,
          LIFETIME_TAG,
          MINIMUM,
          KEEP_SHARED,
          ADD,
          COPY_FROM_VOLUME,
          SETS_PER_SECOND,
          JITTER,
          FIRST_WAIT,
          LONGEST_WAIT,
          GIVE_UP_AFTER);

  /** In the order of the reference, which is that of a policy's faults. */
  public static final FieldTable ALL =
      new FieldTable(Stream.of(OWN, DrillFields.ALL).flatMap(List::stream).toList());

  private PolicyFields() {}
}
