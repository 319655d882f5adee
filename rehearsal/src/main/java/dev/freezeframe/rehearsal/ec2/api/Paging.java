package dev.freezeframe.rehearsal.ec2.api;

import dev.freezeframe.rehearsal.cloud.Page;
import java.util.List;
import java.util.function.Function;

/** The pages of Describe calls: MaxResults is 5 to 1,000, and not for calls that name ids. */
public final class Paging {
  private static final int MIN_RESULTS = 5;
  private static final int MAX_RESULTS = 1000;

  private Paging() {}

  /** Refuses what a call may not ask for. */
  public static void check(Integer maxResults, List<String> ids) {
    if (maxResults == null) {
      return;
    }
    if (!ids.isEmpty()) {
      throw Ec2Refusal.of(
          "InvalidParameterCombination",
          "The parameter MaxResults cannot be used with a list of ids");
    }
    if (maxResults < MIN_RESULTS) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "Value ( %d ) for parameter maxResults is invalid. Expecting a value of at least %d."
              .formatted(maxResults, MIN_RESULTS));
    }
  }

  /** A page of what was found, which is in the order of its ids. */
  public static <T> Page<T> of(
      List<T> found, Function<T, String> id, Integer maxResults, String token) {
    Integer most = maxResults == null ? null : (Integer) Math.min(maxResults, MAX_RESULTS);
    return Page.of(found, id, most, token, Ec2Refusal::badToken);
  }
}
