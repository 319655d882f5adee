package dev.freezeframe.rehearsal.faults;

import dev.freezeframe.input.DurationText;
import java.time.Duration;
import java.util.Optional;

/**
 * What follows the word in the field {@code do}.
 *
 * @param number an exit code or days, else 0
 * @param duration how long or how much later; empty: none was given
 * @param name of an alarm; empty: none was given
 */
public record FaultArgument(int number, Optional<Duration> duration, Optional<String> name) {
  public static final FaultArgument NONE = new FaultArgument(0, Optional.empty(), Optional.empty());

  private static final int MAX_CODE = 255;
  private static final int MAX_DAYS = 36_500;

  /** Of an alarm (API of CloudWatch, AlarmName). */
  private static final int MAX_NAME = 255;

  /** A number. */
  public static FaultArgument of(int number) {
    return new FaultArgument(number, Optional.empty(), Optional.empty());
  }

  /** A duration. */
  public static FaultArgument of(Duration duration) {
    return new FaultArgument(0, Optional.of(duration), Optional.empty());
  }

  /** A name. */
  public static FaultArgument of(String name) {
    return new FaultArgument(0, Optional.empty(), Optional.of(name));
  }

  /** The duration of a fault that cannot be without one. */
  Duration length() {
    return duration.orElseThrow();
  }

  /** As it stands behind the word, with the space before it; empty string if nothing does. */
  String text() {
    if (number > 0) {
      return " " + number;
    }
    return duration.map(DurationText::format).or(() -> name).map(" "::concat).orElse("");
  }

  /** What may follow a word. */
  enum Form {
    NONE("") {
      @Override
      Optional<FaultArgument> read(String text) {
        return text.isEmpty() ? Optional.of(FaultArgument.NONE) : Optional.empty();
      }

      @Override
      String expected(String word) {
        return word + " alone";
      }
    },
    CODE(" 201") {
      @Override
      Optional<FaultArgument> read(String text) {
        return number(text, MAX_CODE);
      }

      @Override
      String expected(String word) {
        return "%1$s 1 to %1$s %2$d".formatted(word, MAX_CODE);
      }
    },
    DAYS(" 4") {
      @Override
      Optional<FaultArgument> read(String text) {
        return number(text, MAX_DAYS);
      }

      @Override
      String expected(String word) {
        return "%1$s 1 to %1$s %2$d, in days".formatted(word, MAX_DAYS);
      }
    },
    DURATION(" 30m") {
      @Override
      Optional<FaultArgument> read(String text) {
        return duration(text);
      }
    },
    NAME(" restoring") {
      @Override
      Optional<FaultArgument> read(String text) {
        return text.isBlank() || text.length() > MAX_NAME
            ? Optional.empty()
            : Optional.of(FaultArgument.of(text));
      }

      @Override
      String expected(String word) {
        return "%s and the name of an alarm, such as %1$s%s".formatted(word, example());
      }
    },
    DURATION_OR_NONE("") {
      @Override
      Optional<FaultArgument> read(String text) {
        return text.isEmpty() ? Optional.of(FaultArgument.NONE) : duration(text);
      }
    };

    private final String example;

    Form(String example) {
      this.example = example;
    }

    /** Reads what follows the word; empty if it is not of this form. */
    abstract Optional<FaultArgument> read(String text);

    /** What was expected instead. */
    String expected(String word) {
      return "a duration such as %s 30m (d, h, m or s)".formatted(word);
    }

    String example() {
      return example;
    }

    private static Optional<FaultArgument> number(String text, int most) {
      if (!text.matches("\\d{1,5}")) {
        return Optional.empty();
      }
      int number = Integer.parseInt(text);
      return number >= 1 && number <= most
          ? Optional.of(FaultArgument.of(number))
          : Optional.empty();
    }

    private static Optional<FaultArgument> duration(String text) {
      return DurationText.parse(text)
          .filter(found -> !found.isZero() && !found.isNegative())
          .map(FaultArgument::of);
    }
  }
}
