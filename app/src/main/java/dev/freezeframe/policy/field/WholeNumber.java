package dev.freezeframe.policy.field;

import dev.freezeframe.common.Quoted;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a whole number in decimal digits; {@code 010} is refused, as YAML takes it for eight. */
public record WholeNumber(int least, int most) implements Field<Integer> {
  private static final Pattern FORM = Pattern.compile("0|-?[1-9]\\d*");
  private static final int MAX_DIGITS = 9;

  @Override
  public Optional<Integer> read(Entry entry) {
    String text = entry.text().orElse("");
    if (!FORM.matcher(text).matches() || !Quoted.isNumber(entry.node())) {
      return entry.refuse("a whole number %d..%d".formatted(least, most));
    }
    if (text.length() > MAX_DIGITS) {
      return entry.refuse(range());
    }
    int number = Integer.parseInt(text);
    return accepts(number) ? Optional.of(number) : entry.refuse(range());
  }

  public boolean accepts(int number) {
    return number >= least && number <= most;
  }

  public String range() {
    return least + ".." + most;
  }
}
