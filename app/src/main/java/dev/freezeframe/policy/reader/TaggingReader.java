package dev.freezeframe.policy.reader;

import dev.freezeframe.policy.Tagging;
import dev.freezeframe.policy.field.Entry;
import dev.freezeframe.policy.field.Flag;
import dev.freezeframe.policy.field.Section;
import dev.freezeframe.policy.field.TagText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the tags that snapshots get besides our own. */
public final class TaggingReader {
  public static final List<String> FIELDS = List.of("add", "copyFromVolume");

  /** EC2 allows 50 tags; the rest is left to our own and to those copied from the volume. */
  static final int MAX = 35;

  private static final List<String> RESERVED = List.of("aws:", "freezeframe:");

  private TaggingReader() {}

  static Tagging read(Section tags) {
    return new Tagging(
        tags.read("add", entry -> readAdded(tags, new Section(entry))).orElse(Map.of()),
        tags.read("copyFromVolume", Flag.EITHER).orElse(true));
  }

  private static Optional<Map<String, String>> readAdded(Section tags, Section added) {
    Map<String, Entry> entries = added.entries();
    if (entries.size() > MAX) {
      tags.refuse("add", entries.size() + " tags", MAX + " at most");
    }
    Map<String, String> read = new TreeMap<>();
    entries.forEach(
        (key, entry) -> {
          if (!TagText.KEY.fits(key)) {
            entry.refuse("not a key", "one of 1..128 visible characters");
          } else if (isReserved(key)) {
            entry.refuse("a reserved key", "one that does not start with aws: or freezeframe:");
          }
          TagText.VALUE.read(entry).ifPresent(value -> read.put(key, value));
        });
    return Optional.of(read);
  }

  static boolean isReserved(String key) {
    return RESERVED.stream().anyMatch(key.toLowerCase(Locale.ROOT)::startsWith);
  }
}
