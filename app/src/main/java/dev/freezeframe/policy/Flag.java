package dev.freezeframe.policy;

import java.util.Optional;

/** Reads {@code true} or {@code false}, and nothing that only means it. */
final class Flag implements Field<Boolean> {
  static final Flag EITHER = new Flag();

  private Flag() {}

  @Override
  public Optional<Boolean> read(Entry entry) {
    String text = entry.text().orElse("");
    return text.equals("true") || text.equals("false")
        ? Optional.of(text.equals("true"))
        : entry.refuse("true or false");
  }
}
