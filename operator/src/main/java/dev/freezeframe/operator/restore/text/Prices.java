package dev.freezeframe.operator.restore.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import dev.freezeframe.common.Json;
import dev.freezeframe.restore.RestorePlan.Creation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What volumes cost, of one file that says of when and where it is.
 *
 * @param volumes by type
 */
public record Prices(
    String asOf, String region, String currency, String source, Map<String, OfType> volumes) {

  public Prices {
    volumes = Map.copyOf(volumes);
  }

  /**
   * Prices of a type, for a month.
   *
   * @param iopsFree IOPS that are in the price of the size
   * @param mibpsFree MiB/s that are in the price of the size
   */
  public record OfType(
      @JsonProperty(required = true) double gibMonth,
      @JsonProperty(required = true) double iopsMonth,
      @JsonProperty(required = true) int iopsFree,
      @JsonProperty(required = true) double mibpsMonth,
      @JsonProperty(required = true) int mibpsFree) {

    public double month(Creation volume) {
      return volume.sizeGiB() * gibMonth
          + Math.max(0, volume.iops().orElse(0) - iopsFree) * iopsMonth
          + Math.max(0, volume.throughput().orElse(0) - mibpsFree) * mibpsMonth;
    }
  }

  /** Those that come with the program. */
  public static Prices packaged() {
    try (InputStream file = Prices.class.getResourceAsStream("prices.json")) {
      return Json.mapper()
          .rebuild()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readValue(Objects.requireNonNull(file, "prices.json"), Prices.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What volumes cost in a month; empty: one of them has no price. */
  public Optional<Double> month(List<Creation> created) {
    return created.stream().allMatch(volume -> volumes.containsKey(volume.type()))
        ? Optional.of(
            created.stream().mapToDouble(volume -> volumes.get(volume.type()).month(volume)).sum())
        : Optional.empty();
  }

  /** The same as a sentence. */
  public String words(List<Creation> created) {
    return month(created)
        .map(
            month ->
                String.format(
                    Locale.ROOT,
                    "The volumes cost about %s %,.2f a month, %s %,.2f a day, as long as they are there (%s, %s, %s).",
                    currency,
                    month,
                    currency,
                    month * 12 / 365,
                    region,
                    asOf,
                    source))
        .orElse("The price of a volume of such a type is not known.");
  }
}
