package dev.freezeframe.retention.rule;

import dev.freezeframe.common.AttemptId;
import java.util.Map;
import java.util.Optional;

/**
 * One row of the table of what keeps a set.
 *
 * <p>Every row is monotone: it keeps no more of a group than of a part of it. So a decision that is
 * made on the newest sets and those that are due never expires what the whole group would keep.
 */
interface RetentionRule {

  /** A short name, such as {@code age} or {@code daily 7}; empty: the terms do not ask for it. */
  Optional<String> name(Group group);

  /** The sets that it keeps, each with the reason. */
  Map<AttemptId, String> kept(Group group);

  /** Why it expires a set; empty: it never says. */
  default Optional<String> expiryReason(Group group, SetFacts set) {
    return Optional.empty();
  }
}
