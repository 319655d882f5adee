package dev.freezeframe.inventory;

import dev.freezeframe.common.InstanceId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of instances begins.
 *
 * @param token EC2's, of its own page; empty: its first
 * @param last the instance of that page up to which it has been read; empty: none has been
 */
record PageToken(Optional<String> token, Optional<InstanceId> last) {
  private static final Pattern WITHIN = Pattern.compile("after:(i-[0-9a-f]+):(.*)");

  /** Reads a token that was EC2's, or {@link #after}. */
  static PageToken parse(Optional<String> text) {
    Matcher within = WITHIN.matcher(text.orElse(""));
    return within.matches()
        ? new PageToken(
            Optional.of(within.group(2)).filter(token -> !token.isEmpty()),
            Optional.of(new InstanceId(within.group(1))))
        : new PageToken(text, Optional.empty());
  }

  /** Whether an instance is still to be read. */
  boolean isBefore(InstanceId instance) {
    return last.isEmpty() || instance.compareTo(last.get()) > 0;
  }

  /** The same page of EC2, read up to an instance. */
  String after(InstanceId instance) {
    return "after:%s:%s".formatted(instance, token.orElse(""));
  }
}
