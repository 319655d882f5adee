package dev.freezeframe.input;

import dev.freezeframe.common.English;
import dev.freezeframe.common.Quoted;
import dev.freezeframe.input.Content.Kind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The kinds of values that any file may hold, one rule each. */
public final class FieldTypes {
  /** {@code true} or {@code false}, and nothing that only means it. */
  public static final FieldType<Boolean> FLAG = new Flag();

  private FieldTypes() {}

  private record Flag() implements FieldType<Boolean> {
    @Override
    public Optional<Boolean> read(Entry entry) {
      String text = entry.text().orElse("");
      return text.equals("true") || text.equals("false")
          ? Optional.of(text.equals("true"))
          : entry.refuse("true or false");
    }
  }

  /** A text that becomes a value by which nothing more is to be asked. */
  public record Parsed<T>(String expected, Function<String, Optional<T>> parser)
      implements FieldType<T> {

    /** A text that stays one. */
    public static Parsed<String> fitting(String expected, Predicate<String> fits) {
      return new Parsed<>(expected, text -> Optional.of(text).filter(fits));
    }

    @Override
    public Optional<T> read(Entry entry) {
      return entry.text().flatMap(parser).or(() -> entry.refuse(expected));
    }
  }

  /** One of a few words; where they are many, only the nearest is told. */
  public record Choice<T>(List<T> choices, Function<T, String> word) implements FieldType<T> {
    private static final int MAX_TOLD = 5;

    @Override
    public Optional<T> read(Entry entry) {
      String text = entry.text().orElse("");
      return choices.stream()
          .filter(choice -> word.apply(choice).equals(text))
          .findFirst()
          .or(() -> entry.refuse(expected(text)));
    }

    private String expected(String text) {
      List<String> words = choices.stream().map(word).toList();
      return words.size() <= MAX_TOLD
          ? expected()
          : DidYouMean.to(text, words).orElse("one of " + String.join(", ", words));
    }

    @Override
    public String expected() {
      return English.or(choices.stream().map(word).toList());
    }

    @Override
    public String write(T value) {
      return word.apply(value);
    }
  }

  /** A whole number in decimal digits; {@code 010} is refused, as YAML takes it for eight. */
  public record WholeNumber(int least, int most) implements FieldType<Integer> {
    private static final Pattern FORM = Pattern.compile("0|-?[1-9]\\d*");
    private static final int MAX_DIGITS = 9;

    @Override
    public Optional<Integer> read(Entry entry) {
      String text = entry.text().orElse("");
      if (!FORM.matcher(text).matches() || !entry.is(Kind.NUMBER)) {
        return entry.refuse("a whole number " + range());
      }
      if (text.length() > MAX_DIGITS) {
        return entry.refuse(range());
      }
      int number = Integer.parseInt(text);
      return accepts(number) ? Optional.of(number) : entry.refuse(range());
    }

    @Override
    public Optional<String> findFault(Integer value) {
      return accepts(value) ? Optional.empty() : Optional.of(range());
    }

    private boolean accepts(int number) {
      return number >= least && number <= most;
    }

    @Override
    public String range() {
      return least + ".." + most;
    }

    @Override
    public String describe(Integer value) {
      return write(value);
    }
  }

  /** A number with at most three decimals, such as how many sets may be ordered in a second. */
  public record DecimalNumber(double least, double most, String range)
      implements FieldType<Double> {
    private static final Pattern FORM = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?");

    @Override
    public Optional<Double> read(Entry entry) {
      String text = entry.text().orElse("");
      if (!FORM.matcher(text).matches() || !entry.is(Kind.NUMBER)) {
        return entry.refuse("a number " + range);
      }
      double number = Double.parseDouble(text);
      return accepts(number) ? Optional.of(number) : entry.refuse(range);
    }

    @Override
    public Optional<String> findFault(Double value) {
      return accepts(value) ? Optional.empty() : Optional.of(range);
    }

    /** Not one that is no number at all, which is neither less nor more. */
    private boolean accepts(double number) {
      return number >= least && number <= most;
    }

    @Override
    public String write(Double value) {
      return String.valueOf(value).replaceFirst("\\.0$", "");
    }

    @Override
    public String describe(Double value) {
      return write(value);
    }
  }

  /** A duration in whole seconds; a number without a unit is not one. */
  public record Seconds(Duration least, Duration most, String range)
      implements FieldType<Duration> {

    /** Between two durations, as a person writes them. */
    public static Seconds between(String least, String most) {
      return new Seconds(
          DurationText.parse(least).orElseThrow(),
          DurationText.parse(most).orElseThrow(),
          least + ".." + most);
    }

    @Override
    public Optional<Duration> read(Entry entry) {
      String expected = "a duration such as 30s, 15m or 24h, " + range;
      if (entry.is(Kind.NUMBER)) {
        String found = "the number %s without a unit".formatted(entry.content().describe());
        return entry.refuse(found, expected);
      }
      Optional<Duration> duration = entry.text().flatMap(DurationText::parse);
      if (duration.isEmpty()) {
        return entry.refuse(expected);
      }
      return duration.filter(this::accepts).or(() -> entry.refuse(range));
    }

    @Override
    public Optional<String> findFault(Duration value) {
      return accepts(value) ? Optional.empty() : Optional.of("whole seconds, " + range);
    }

    private boolean accepts(Duration duration) {
      return duration.compareTo(least) >= 0
          && duration.compareTo(most) <= 0
          && duration.equals(duration.truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public String write(Duration value) {
      return value.equals(value.truncatedTo(ChronoUnit.SECONDS))
          ? DurationText.format(value)
          : value.toString();
    }
  }

  /**
   * A text as it is written, quoted or not.
   *
   * @param least characters
   * @param most characters
   */
  public record Text(int least, int most) implements FieldType<String> {

    @Override
    public Optional<String> read(Entry entry) {
      return entry.text().filter(this::fits).or(() -> entry.refuse(expected()));
    }

    @Override
    public Optional<String> findFault(String value) {
      return fits(value) ? Optional.empty() : Optional.of(expected());
    }

    public boolean fits(String text) {
      int length = text.codePointCount(0, text.length());
      return length >= least
          && length <= most
          && (least == 0 || !text.isBlank())
          && text.codePoints().noneMatch(Quoted::isInvisible);
    }

    @Override
    public String expected() {
      return least == 0
          ? "a text of at most %d visible characters, '' for none".formatted(most)
          : "a text of %d..%d visible characters".formatted(least, most);
    }

    @Override
    public String range() {
      return least + ".." + most;
    }

    @Override
    public String write(String value) {
      return "`" + value + "`";
    }
  }

  /** A list, whatever its members; the faulty ones are left out. */
  public record ListOf<T>(FieldType<T> member, int least, int most) implements FieldType<List<T>> {

    @Override
    public Optional<List<T>> read(Entry entry) {
      if (!entry.is(Kind.LIST)) {
        return entry.refuse(expected());
      }
      List<Entry> items = entry.items();
      if (items.size() < least || items.size() > most) {
        return entry.refuse("a list of " + items.size(), expected());
      }
      List<T> members = new ArrayList<>();
      items.forEach(item -> member.read(item).ifPresent(members::add));
      return members.size() == items.size() ? Optional.of(members) : Optional.empty();
    }

    @Override
    public Optional<String> findFault(List<T> value) {
      return value.size() < least || value.size() > most
          ? Optional.of(expected())
          : value.stream().map(member::findFault).flatMap(Optional::stream).findFirst();
    }

    @Override
    public String expected() {
      return "a list of " + range();
    }

    @Override
    public String range() {
      return least + ".." + most;
    }

    @Override
    public String write(List<T> value) {
      return value.isEmpty()
          ? "none"
          : "`[%s]`".formatted(String.join(", ", value.stream().map(member::write).toList()));
    }

    @Override
    public String describe(List<T> value) {
      return "a list of " + value.size();
    }
  }
}
