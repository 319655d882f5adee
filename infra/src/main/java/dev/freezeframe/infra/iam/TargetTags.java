package dev.freezeframe.infra.iam;

import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.TagSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The tags by which IAM knows the instances that policies act on. A role holds so much and no more;
 * what does not fit is said more widely, and the stack warns of it.
 */
public final class TargetTags {
  /** How narrowly instances are named. */
  public enum Breadth {
    /** By every target tag, with its value. */
    TAGS,
    /** By the keys of the target tags, whatever their values. */
    KEYS,
    /** Not at all: the code alone looks at the tags. */
    ALL
  }

  /**
   * Characters that a role has for them, of 71,680: 10,240 of its own and 6,144 in each of 10
   * managed policies, which is the quota of an account. The largest policy of all, with 50 tags,
   * takes 30,000.
   */
  private static final int ROOM = 32_000;

  /** Of a statement without the tag in it, names of tokens included. */
  private static final int STATEMENT = 220;

  /** Values of a tag in one statement; the others of the same tag get one of their own. */
  private static final int VALUES = 15;

  /** Values by key; empty stands for any value. */
  private final Map<String, Optional<Set<String>>> values = new TreeMap<>();

  private final Breadth breadth;

  public TargetTags(List<Policy> policies) {
    policies.stream()
        .flatMap(policy -> policy.targets().stream())
        .forEach(target -> values.merge(target.key(), valuesOf(target), TargetTags::either));
    this.breadth =
        length(true) <= ROOM ? Breadth.TAGS : length(false) <= ROOM ? Breadth.KEYS : Breadth.ALL;
  }

  public Breadth breadth() {
    return breadth;
  }

  /** How many keys there are. */
  public int keys() {
    return values.size();
  }

  /**
   * A permission for each tag, as the conditions of one statement would all have to hold.
   *
   * @param permission on instances, whatever their tags
   * @param keyPrefix of the condition's key, such as {@code aws:ResourceTag/}
   */
  Stream<Permission> limit(Permission permission, String keyPrefix) {
    if (breadth == Breadth.ALL) {
      return Stream.of(permission);
    }
    return values.entrySet().stream()
        .flatMap(
            entry -> {
              String key = keyPrefix + entry.getKey();
              return breadth == Breadth.KEYS || entry.getValue().isEmpty()
                  ? Stream.of(permission.onlyIf("Null", key, "false"))
                  : portions(entry.getValue().get())
                      .map(some -> permission.onlyIf("StringEquals", key, some));
            });
  }

  private static Stream<List<String>> portions(Set<String> values) {
    List<String> all = List.copyOf(values);
    List<List<String>> portions = new ArrayList<>();
    for (int from = 0; from < all.size(); from += VALUES) {
      portions.add(all.subList(from, Math.min(from + VALUES, all.size())));
    }
    return portions.stream();
  }

  private int length(boolean withValues) {
    int length = 0;
    for (Map.Entry<String, Optional<Set<String>>> entry : values.entrySet()) {
      Set<String> some = withValues ? entry.getValue().orElse(Set.of()) : Set.of();
      int statements = Math.max(1, (some.size() + VALUES - 1) / VALUES);
      length += statements * (STATEMENT + entry.getKey().length());
      length += some.stream().mapToInt(value -> value.length() + 3).sum();
    }
    return length;
  }

  private static Optional<Set<String>> valuesOf(TagSelector target) {
    return target.value().map(value -> new TreeSet<>(List.of(value)));
  }

  private static Optional<Set<String>> either(
      Optional<Set<String>> one, Optional<Set<String>> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    Set<String> both = new TreeSet<>(one.get());
    both.addAll(other.get());
    return Optional.of(both);
  }
}
