package dev.freezeframe.rehearsal.ec2;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param next the token of the next page; null if there is none, as EC2 has it
 */
record Page<T>(List<T> items, String next) {

  /**
   * Cuts a page out of a list.
   *
   * @param all in the order of their ids
   * @param most null: all
   * @param token what an earlier page gave as its next; null or empty: from the start
   */
  static <T> Page<T> of(List<T> all, Function<T, String> id, Integer most, String token) {
    int from = 0;
    if (token != null && !token.isEmpty()) {
      String last = decoded(token);
      while (from < all.size() && id.apply(all.get(from)).compareTo(last) <= 0) {
        from++;
      }
    }
    int to = most == null ? all.size() : (int) Math.min(all.size(), (long) from + most);
    List<T> items = List.copyOf(all.subList(from, to));
    return new Page<>(items, to < all.size() ? encoded(id.apply(all.get(to - 1))) : null);
  }

  private static String encoded(String id) {
    return Base64.getUrlEncoder().encodeToString(("after:" + id).getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith("after:")) {
        return text.substring("after:".length());
      }
    } catch (IllegalArgumentException notBase64) {
      // refused below
    }
    throw Ec2Refusal.of(
        "InvalidPaginationToken", "The specified pagination token is not valid: " + token);
  }
}
