package dev.freezeframe.rehearsal.ec2.api;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The rules that EC2 has for tags. */
public final class Tags {
  private static final int MAX = 50;
  private static final String RESERVED = "aws:";

  private Tags() {}

  public static SortedMap<String, String> map(Collection<Tag> tags) {
    SortedMap<String, String> map = new TreeMap<>();
    tags.forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
    return map;
  }

  public static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  /** Tags that a caller sets: none of AWS's own. */
  public static SortedMap<String, String> given(Collection<Tag> tags) {
    Set<String> keys = new HashSet<>();
    for (Tag tag : tags) {
      if (!keys.add(tag.key())) {
        throw twice(tag.key());
      }
      if (tag.key() == null || tag.key().isEmpty() || tag.key().length() > 128) {
        throw Ec2Refusal.of("InvalidParameterValue", "Tag keys have 1 to 128 characters");
      }
      if (tag.key().startsWith(RESERVED)) {
        throw Ec2Refusal.of(
            "InvalidParameterValue",
            "Value ( %s ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved"
                .formatted(tag.key()));
      }
      if (tag.value() != null && tag.value().length() > 256) {
        throw Ec2Refusal.of(
            "InvalidParameterValue",
            "Value of tag '%s' has %d characters, more than 256"
                .formatted(tag.key(), tag.value().length()));
      }
    }
    return map(tags);
  }

  private static RuntimeException twice(String key) {
    return Ec2Refusal.of(
        "InvalidParameterValue", "Duplicate tag key '%s' specified.".formatted(key));
  }

  /** Tags that a volume gives and tags that a caller gives, none of them in both. */
  public static SortedMap<String, String> apart(
      Map<String, String> copied, Map<String, String> given) {
    for (String key : given.keySet()) {
      if (copied.containsKey(key)) {
        throw twice(key);
      }
    }
    return together(copied, given);
  }

  /** Tags that a volume gives to its snapshot: all but AWS's own. */
  public static SortedMap<String, String> copied(Collection<Tag> tags) {
    return map(tags.stream().filter(tag -> !tag.key().startsWith(RESERVED)).toList());
  }

  /** Two sets of tags together, the second over the first, 50 at most. */
  public static SortedMap<String, String> together(
      Map<String, String> old, Map<String, String> added) {
    SortedMap<String, String> all = new TreeMap<>(old);
    all.putAll(added);
    long counted = all.keySet().stream().filter(key -> !key.startsWith(RESERVED)).count();
    if (counted > MAX) {
      throw Ec2Refusal.of(
          "TagLimitExceeded",
          "The maximum number of Tags for a resource has been reached: %d of %d"
              .formatted(counted, MAX));
    }
    return all;
  }
}
