package dev.freezeframe.policy.field;

import dev.freezeframe.common.Quoted;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a number with at most three decimals, such as how many sets may be ordered in a second. */
public record DecimalNumber(double least, double most, String range) implements Field<Double> {
  private static final Pattern FORM = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?");

  @Override
  public Optional<Double> read(Entry entry) {
    String text = entry.text().orElse("");
    if (!FORM.matcher(text).matches() || !Quoted.isNumber(entry.node())) {
      return entry.refuse("a number " + range);
    }
    double number = Double.parseDouble(text);
    return accepts(number) ? Optional.of(number) : entry.refuse(range);
  }

  /** Not one that is no number at all, which is neither less nor more. */
  public boolean accepts(double number) {
    return number >= least && number <= most;
  }
}
