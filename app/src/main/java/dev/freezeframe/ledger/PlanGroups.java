package dev.freezeframe.ledger;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of the groups that a plan has to decide on, in their order; each but the last has {@link
 * #MAX} of them.
 *
 * @param number from 1
 * @param at when the plan was begun
 */
public record PlanGroups(String plan, int number, Instant at, List<GroupKey> groups) {
  /** A key of the longest policy name has some 90 characters; DynamoDB takes 400 KB. */
  public static final int MAX = 1_000;

  public PlanGroups {
    at = at.truncatedTo(MILLIS);
    groups = List.copyOf(groups);
  }

  /** The pages that some groups fill. */
  public static List<PlanGroups> pages(String plan, Instant at, List<GroupKey> groups) {
    List<PlanGroups> pages = new ArrayList<>();
    for (int from = 0; from < groups.size(); from += MAX) {
      List<GroupKey> some = groups.subList(from, Math.min(from + MAX, groups.size()));
      pages.add(new PlanGroups(plan, pages.size() + 1, at, some));
    }
    return pages;
  }

  /** The number of the page that has a group, by how many groups come before that. */
  public static int pageOf(int before) {
    return before / MAX + 1;
  }

  /** Those of this page before which so many groups come or more. */
  public List<GroupKey> after(int before) {
    return groups.stream().skip(before - (number - 1L) * MAX).toList();
  }
}
