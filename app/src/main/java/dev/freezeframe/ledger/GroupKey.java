package dev.freezeframe.ledger;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import java.util.Comparator;

/** A group of sets: those of one policy and one instance, which retention decides on together. */
public record GroupKey(PolicyName policy, InstanceId instance) implements Comparable<GroupKey> {
  private static final Comparator<GroupKey> ORDER =
      Comparator.comparing(GroupKey::policy).thenComparing(GroupKey::instance);

  /** Reads what {@link #toString} wrote. */
  public static GroupKey parse(String text) {
    int separator = text.indexOf('#');
    if (separator < 0) {
      throw new IllegalArgumentException(
          "group '%s': expected a policy and an instance such as daily#i-0123456789abcdef0"
              .formatted(text));
    }
    return new GroupKey(
        new PolicyName(text.substring(0, separator)),
        new InstanceId(text.substring(separator + 1)));
  }

  @Override
  public int compareTo(GroupKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return policy + "#" + instance;
  }
}
