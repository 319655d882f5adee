package dev.freezeframe.rehearsal.cloud;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param next the token of the next page; null if none exists, as AWS has it
 */
public record Page<T>(List<T> items, String next) {
  private static final String MARK = "after:";

  /**
   * Cuts a page out of a list.
   *
   * @param all in the order of their ids
   * @param most null: all
   * @param token what an earlier page gave as its next; null or empty: from the start
   * @param refusal what is thrown for a token that no page gave
   */
  public static <T> Page<T> of(
      List<T> all,
      Function<T, String> id,
      Integer most,
      String token,
      Function<String, ? extends RuntimeException> refusal) {
    int from = 0;
    if (token != null && !token.isEmpty()) {
      String last = decoded(token, refusal);
      while (from < all.size() && id.apply(all.get(from)).compareTo(last) <= 0) {
        from++;
      }
    }
    int to = most == null ? all.size() : (int) Math.min(all.size(), (long) from + most);
    List<T> items = List.copyOf(all.subList(from, to));
    return new Page<>(items, to < all.size() ? encoded(id.apply(all.get(to - 1))) : null);
  }

  private static String encoded(String id) {
    return Base64.getUrlEncoder().encodeToString((MARK + id).getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(
      String token, Function<String, ? extends RuntimeException> refusal) {
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw refusal.apply(token);
    }
    if (!text.startsWith(MARK)) {
      throw refusal.apply(token);
    }
    return text.substring(MARK.length());
  }
}
