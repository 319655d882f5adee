package dev.freezeframe.policy.field;

import java.util.Optional;

/** Reads {@code true} or {@code false}, and nothing that only means it. */
public final class Flag implements Field<Boolean> {
  public static final Flag EITHER = new Flag();

  private Flag() {}

  @Override
  public Optional<Boolean> read(Entry entry) {
    String text = entry.text().orElse("");
    return text.equals("true") || text.equals("false")
        ? Optional.of(text.equals("true"))
        : entry.refuse("true or false");
  }
}
