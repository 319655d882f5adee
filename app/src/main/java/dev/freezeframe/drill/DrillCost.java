package dev.freezeframe.drill;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What a drill costs, about: the drill instance and its gp3 volumes by the hour, on demand, in the
 * cheapest Region, as AWS's price pages had them in November 2026 (from memory). Requests and
 * traffic are less than a cent. Another Region's prices differ by some tens of percent.
 *
 * @param micros millionths of a US$
 */
public record DrillCost(@JsonValue long micros) {
  public static final DrillCost NONE = new DrillCost(0);

  private static final Map<String, Double> PER_HOUR =
      Map.ofEntries(
          Map.entry("t3.micro", 0.0104),
          Map.entry("t3.small", 0.0208),
          Map.entry("t3.medium", 0.0416),
          Map.entry("t3.large", 0.0832),
          Map.entry("t4g.micro", 0.0084),
          Map.entry("t4g.small", 0.0168),
          Map.entry("t4g.medium", 0.0336),
          Map.entry("t4g.large", 0.0672),
          Map.entry("m6i.large", 0.096),
          Map.entry("m6i.xlarge", 0.192),
          Map.entry("m6g.large", 0.077),
          Map.entry("m6g.xlarge", 0.154),
          Map.entry("r6i.large", 0.126),
          Map.entry("r6i.xlarge", 0.252));

  /** For a type that is not in the table: more than most that anybody would drill on. */
  private static final double UNKNOWN_TYPE = 1.0;

  private static final double GP3_GIB_MONTH = 0.08;
  private static final double HOURS_OF_MONTH = 730;

  /** The root volume of the drill instance, which its image decides. */
  private static final int ROOT_GIB = 8;

  private static final double SECONDS_OF_HOUR = 3600;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DrillCost {
    if (micros < 0) {
      throw new IllegalArgumentException(
          "drill cost %d: expected no less than 0".formatted(micros));
    }
  }

  /** The cost of an instance and its volumes over a time; EC2 bills a minute at least. */
  public static DrillCost of(String instanceType, long gib, Duration time) {
    double hours = Math.max(60, time.toMillis() / 1000.0) / SECONDS_OF_HOUR;
    double perHour =
        PER_HOUR.getOrDefault(instanceType, UNKNOWN_TYPE)
            + (gib + ROOT_GIB) * GP3_GIB_MONTH / HOURS_OF_MONTH;
    return new DrillCost((long) Math.ceil(hours * perHour * 1e6));
  }

  /** So many US$. */
  public static DrillCost ofDollars(double dollars) {
    return new DrillCost(Math.round(dollars * 1e6));
  }

  public DrillCost plus(DrillCost other) {
    return new DrillCost(micros + other.micros);
  }

  public boolean isMoreThan(DrillCost other) {
    return micros > other.micros;
  }

  /** In US$. */
  public double dollars() {
    return micros / 1e6;
  }

  /** Such as {@code US$ 0.05}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "US$ %.2f", dollars());
  }
}
