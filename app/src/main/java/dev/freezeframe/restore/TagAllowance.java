package dev.freezeframe.restore;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * As many tags of several resources as there is room for. Either all are kept, or each resource has
 * an equal share of the room and keeps its tags in the order of their keys, those of AWS itself
 * last, as far as they fit: a restore cannot set these. No tag is kept in part.
 *
 * @param kept tags of each resource
 * @param leftOut how many of which resource are not; none of the others
 */
record TagAllowance(
    SortedMap<String, Map<String, String>> kept, SortedMap<String, Integer> leftOut) {

  /**
   * Bytes in an item of the ledger, of which DynamoDB takes 400 KB: what else there is of 128
   * volumes is less than 100 KB.
   */
  static final int OF_LEDGER = 256_000;

  /**
   * Bytes in an event, of which EventBridge takes 256 KB, and Step Functions as much for all that
   * an execution knows.
   */
  static final int OF_EVENT = 40_000;

  /** What a tag takes besides its texts: quotes, colon, comma. */
  private static final int PUNCTUATION = 6;

  TagAllowance {
    kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
    leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
  }

  static TagAllowance of(SortedMap<String, Map<String, String>> tags, int bytes) {
    long all = tags.values().stream().mapToLong(TagAllowance::size).sum();
    if (all <= bytes) {
      return new TagAllowance(tags, new TreeMap<>());
    }
    long share = bytes / tags.size();
    SortedMap<String, Map<String, String>> kept = new TreeMap<>();
    SortedMap<String, Integer> leftOut = new TreeMap<>();
    tags.forEach(
        (resource, own) -> {
          Map<String, String> fit = fitting(own, share);
          kept.put(resource, fit);
          if (fit.size() < own.size()) {
            leftOut.put(resource, own.size() - fit.size());
          }
        });
    return new TagAllowance(kept, leftOut);
  }

  /** The tags that are kept of a resource. */
  Map<String, String> of(String resource) {
    return kept.getOrDefault(resource, Map.of());
  }

  private static Map<String, String> fitting(Map<String, String> tags, long share) {
    List<Map.Entry<String, String>> inOrder =
        tags.entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, String> tag) -> ofAws(tag.getKey()))
                    .thenComparing(Map.Entry::getKey))
            .toList();
    Map<String, String> fit = new LinkedHashMap<>();
    long left = share;
    for (Map.Entry<String, String> tag : inOrder) {
      long size = size(tag.getKey(), tag.getValue());
      if (size <= left) {
        fit.put(tag.getKey(), tag.getValue());
        left -= size;
      }
    }
    return fit;
  }

  private static boolean ofAws(String key) {
    return key.startsWith("aws:");
  }

  private static long size(Map<String, String> tags) {
    return tags.entrySet().stream().mapToLong(tag -> size(tag.getKey(), tag.getValue())).sum();
  }

  private static long size(String key, String value) {
    return PUNCTUATION + inJson(key) + inJson(value);
  }

  /** Bytes of a text in JSON, at most: what is escaped takes six for a character. */
  private static long inJson(String text) {
    long escaped =
        text.chars().filter(character -> character < ' ').count() * 5
            + text.chars().filter(character -> character == '"' || character == '\\').count();
    return text.getBytes(StandardCharsets.UTF_8).length + escaped;
  }
}
