package dev.freezeframe.slot;

import static java.util.stream.Collectors.joining;

import dev.freezeframe.common.VolumeId;
import java.util.Map;

/**
 * How many snapshots each volume has that are pending or failed, both of which count against the
 * quota of the volume.
 *
 * <p>Every set that asks for slots reads them all and wants to know of a few volumes, so that they
 * stay a text.
 *
 * @param text such as {@code vol-0a=2 vol-0b=1}; a volume without one is left out
 */
public record OpenSnapshots(String text) {
  /** So that a look always fits into an item; more volumes than that are not told apart. */
  private static final int MAX_VOLUMES = 5_000;

  /** Of counts by volume: the highest, where there are too many. */
  public static OpenSnapshots of(Map<VolumeId, Integer> counts) {
    return new OpenSnapshots(
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<VolumeId, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MAX_VOLUMES)
            .map(volume -> volume.getKey().value() + "=" + volume.getValue())
            .collect(joining(" ")));
  }

  /** How many a volume has. */
  public int of(VolumeId volume) {
    String key = volume.value() + "=";
    int found = text.indexOf(key);
    if (found < 0) {
      return 0;
    }
    int end = text.indexOf(' ', found);
    return Integer.parseInt(text, found + key.length(), end < 0 ? text.length() : end, 10);
  }
}
