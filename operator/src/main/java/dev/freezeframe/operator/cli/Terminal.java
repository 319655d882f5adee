package dev.freezeframe.operator.cli;

import java.util.OptionalInt;

/**
 * The terminal, as the launchers describe it, if there is one.
 *
 * @param columns how wide lines may be; empty: nothing is cut or wrapped, as for a pipe or a file
 * @param progress how wide the terminal is that standard error goes to; empty: it goes to none
 * @param colour whether help may be coloured
 */
public record Terminal(OptionalInt columns, OptionalInt progress, boolean colour) {
  /** Narrower than that, the terminal wraps what it is given. */
  static final int NARROWEST = 40;

  /** Neither standard output nor standard error is one. */
  public static final Terminal NONE = new Terminal(OptionalInt.empty(), OptionalInt.empty(), false);

  /** Widths that no terminal has are brought to one that it can have. */
  public Terminal {
    columns = bounded(columns);
    progress = bounded(progress);
  }

  /** The terminal that a launcher tells of, by {@code .mvn/launch}. */
  public static Terminal ofLauncher() {
    return new Terminal(
        number("freezeframe.columns"),
        number("freezeframe.progress"),
        Boolean.getBoolean("freezeframe.colour"));
  }

  private static OptionalInt number(String property) {
    Integer number = Integer.getInteger(property);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static OptionalInt bounded(OptionalInt width) {
    return width.isEmpty()
        ? width
        : OptionalInt.of(Math.max(NARROWEST, Math.min(1_000, width.getAsInt())));
  }
}
