package dev.freezeframe.policy;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.Quoted;
import dev.freezeframe.input.Content.Kind;
import dev.freezeframe.input.DidYouMean;
import dev.freezeframe.input.Entry;
import dev.freezeframe.input.FieldType;
import dev.freezeframe.input.FieldTypes.Choice;
import dev.freezeframe.input.FieldTypes.Parsed;
import dev.freezeframe.input.FieldTypes.Seconds;
import dev.freezeframe.input.RefusedValueException;
import dev.freezeframe.input.Section;
import dev.freezeframe.policy.schedule.CronExpression;
import dev.freezeframe.policy.schedule.Rate;
import dev.freezeframe.policy.schedule.TimeZones;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The kinds of values that only a policy has. */
final class PolicyTypes {
  static final FieldType<PolicyName> NAME =
      new Parsed<>(
          PolicyName.FORM_IN_WORDS,
          text ->
              PolicyName.isWellFormed(text) ? Optional.of(new PolicyName(text)) : Optional.empty());

  static final FieldType<Stage> STAGE =
      new Choice<>(List.of(Stage.values()), stage -> stage.name().toLowerCase(Locale.ROOT));

  static final FieldType<Hold> HOLD =
      new Choice<>(List.of(Hold.values()), hold -> hold.name().toLowerCase(Locale.ROOT));

  static final FieldType<DailyWindow> DAILY_WINDOW =
      new Parsed<>(DailyWindow.EXPECTED, DailyWindow::parse);

  static final FieldType<String> RATE =
      new Parsed<>(Rate.EXPECTED, text -> Rate.parse(text).map(Rate::toString));

  static final FieldType<String> CRON = new Cron();
  static final FieldType<ZoneId> TIME_ZONE = new TimeZone();
  static final FieldType<Duration> WINDOW = new Window();
  static final FieldType<TagSelector> SELECTOR = new Selector();
  static final FieldType<Map<String, String>> ADDED_TAGS = new AddedTags();
  static final FieldType<Entry> GROUP = new Group();

  private PolicyTypes() {}

  /** A group of fields, which have rows of their own. */
  private record Group() implements FieldType<Entry> {
    @Override
    public Optional<Entry> read(Entry entry) {
      return Optional.of(entry);
    }
  }

  /** The six fields of a cron expression; only the reader looks into them. */
  private record Cron() implements FieldType<String> {
    @Override
    public Optional<String> read(Entry entry) {
      String text = entry.text().orElse("");
      Optional<String> expected = CronExpression.findFault(text);
      return expected.isPresent() ? entry.refuse(expected.get()) : Optional.of(text);
    }

    @Override
    public Optional<String> findFault(String value) {
      return CronExpression.findFault(value);
    }

    @Override
    public String write(String value) {
      return "`" + value + "`";
    }
  }

  /** A name from the IANA time zone database, as EventBridge Scheduler wants it. */
  private record TimeZone() implements FieldType<ZoneId> {
    @Override
    public Optional<ZoneId> read(Entry entry) {
      String text = entry.text().orElse("");
      if (TimeZones.names().contains(text)) {
        return Optional.of(ZoneId.of(text));
      }
      return entry.refuse(
          DidYouMean.to(text, List.copyOf(TimeZones.names()))
              .orElse("the name of a time zone such as Europe/Berlin or UTC"));
    }

    @Override
    public Optional<String> findFault(ZoneId value) {
      return TimeZones.names().contains(value.getId())
          ? Optional.empty()
          : Optional.of("a name of the IANA database such as UTC");
    }

    @Override
    public String write(ZoneId value) {
      return "`" + value + "`";
    }
  }

  /** EventBridge Scheduler takes whole minutes, a day at most. */
  private record Window() implements FieldType<Duration> {
    private static final Seconds ON = Seconds.between("1m", "24h");

    @Override
    public Optional<Duration> read(Entry entry) {
      if (entry.text().orElse("").equals("off")) {
        return Optional.of(Duration.ZERO);
      }
      Optional<Duration> window = ON.read(entry);
      return window
          .filter(read -> read.toSecondsPart() == 0)
          .or(() -> window.flatMap(read -> entry.refuse("whole minutes, or off")));
    }

    @Override
    public Optional<String> findFault(Duration value) {
      boolean fits =
          value.isZero() || (ON.findFault(value).isEmpty() && value.toSecondsPart() == 0);
      return fits ? Optional.empty() : Optional.of("off, or whole minutes, " + range());
    }

    @Override
    public String range() {
      return ON.range();
    }

    @Override
    public String write(Duration value) {
      return value.isZero() ? "off" : ON.write(value);
    }
  }

  /** {@code key=value}, {@code key}, or the two as fields, for keys that hold a {@code =}. */
  private record Selector() implements FieldType<TagSelector> {
    private static final List<String> FIELDS = List.of("key", "value");

    /** Of a tag that is written as YAML writes a field: how a policy writes it. */
    private static Optional<String> asText(Entry entry) {
      List<Map.Entry<String, Entry>> fields = new Section(entry).entries();
      if (fields.size() != 1) {
        return Optional.empty();
      }
      String key = fields.get(0).getKey();
      return FIELDS.contains(key) || key.isBlank() || DidYouMean.to(key, FIELDS).isPresent()
          ? Optional.empty()
          : fields.get(0).getValue().text().map(value -> Quoted.shorten(key + "=" + value));
    }

    @Override
    public Optional<TagSelector> read(Entry entry) {
      if (entry.is(Kind.GROUP)) {
        Optional<String> written = asText(entry);
        return written.isPresent()
            ? entry.refuse("{%s}".formatted(written.get().replaceFirst("=", ": ")), written.get())
            : read(new Section(entry, FIELDS));
      }
      return entry
          .text()
          .filter(text -> !text.startsWith("=") && !text.isBlank())
          .flatMap(Selector::parse)
          .or(() -> entry.refuse("a tag such as key=value or key"));
    }

    private static Optional<TagSelector> parse(String text) {
      try {
        return Optional.of(TagSelector.parse(text));
      } catch (RefusedValueException refused) {
        return Optional.empty();
      }
    }

    private static Optional<TagSelector> read(Section section) {
      section.require("key", TagSelector.KEY.expected());
      Optional<String> value = section.read("value", TagSelector.VALUE);
      return section.read("key", TagSelector.KEY).map(key -> new TagSelector(key, value));
    }
  }

  /** The tags that each snapshot gets; those of AWS and of ours are not for policies. */
  private record AddedTags() implements FieldType<Map<String, String>> {
    /** EC2 allows 50 tags; the rest is left to our own and to those copied from the volume. */
    private static final int MAX = 35;

    private static final List<String> RESERVED = List.of("aws:", "freezeframe:");
    private static final String UNRESERVED = "one that does not start with aws: or freezeframe:";

    @Override
    public Optional<Map<String, String>> read(Entry entry) {
      List<Map.Entry<String, Entry>> given = new Section(entry).entries();
      if (given.size() > MAX) {
        entry.refuse(given.size() + " tags", MAX + " at most");
      }
      Map<String, String> read = new TreeMap<>();
      for (Map.Entry<String, Entry> tag : given) {
        if (!TagSelector.KEY.fits(tag.getKey())) {
          tag.getValue().refuse("not a key", "one of 1..128 visible characters");
        } else if (isReserved(tag.getKey())) {
          tag.getValue().refuse("a reserved key", UNRESERVED);
        }
        TagSelector.VALUE.read(tag.getValue()).ifPresent(value -> read.put(tag.getKey(), value));
      }
      return Optional.of(read);
    }

    @Override
    public Optional<String> findFault(Map<String, String> value) {
      if (value.size() > MAX) {
        return Optional.of(MAX + " tags at most");
      }
      for (Map.Entry<String, String> tag : value.entrySet()) {
        if (!TagSelector.KEY.fits(tag.getKey())) {
          return Optional.of(
              "a key of 1..128 visible characters instead of " + Quoted.quote(tag.getKey()));
        }
        if (isReserved(tag.getKey())) {
          return Optional.of(
              "no key such as %s, which is reserved".formatted(Quoted.quote(tag.getKey())));
        }
        if (!TagSelector.VALUE.fits(tag.getValue())) {
          return Optional.of(
              "for %s %s".formatted(Quoted.quote(tag.getKey()), TagSelector.VALUE.expected()));
        }
      }
      return Optional.empty();
    }

    private static boolean isReserved(String key) {
      return RESERVED.stream().anyMatch(key.toLowerCase(Locale.ROOT)::startsWith);
    }

    @Override
    public String write(Map<String, String> value) {
      return value.isEmpty() ? "none" : value.toString();
    }

    @Override
    public String describe(Map<String, String> value) {
      return value.size() == 1 ? "a tag" : value.size() + " tags";
    }

    @Override
    public String range() {
      return String.valueOf(MAX);
    }
  }
}
