package dev.freezeframe.policy.field;

import dev.freezeframe.common.Quoted;
import java.util.Optional;

/**
 * Reads a text as it is written, quoted or not.
 *
 * @param least characters
 * @param most characters
 */
public record TextField(int least, int most) implements Field<String> {

  @Override
  public Optional<String> read(Entry entry) {
    return entry.text().filter(this::fits).or(() -> entry.refuse(expected()));
  }

  public boolean fits(String text) {
    int length = text.codePointCount(0, text.length());
    return length >= least
        && length <= most
        && (least == 0 || !text.isBlank())
        && text.codePoints().noneMatch(Quoted::isInvisible);
  }

  public String expected() {
    return least == 0
        ? "a text of at most %d visible characters, '' for none".formatted(most)
        : "a text of %d..%d visible characters".formatted(least, most);
  }
}
