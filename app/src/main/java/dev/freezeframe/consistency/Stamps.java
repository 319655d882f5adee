package dev.freezeframe.consistency;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What our documents print of each event: {@code FREEZEFRAME event=frozen at=... ...}.
 *
 * <p>The times are the guest's. Documents of others print none.
 */
public final class Stamps {
  private final String output;

  private Stamps(String output) {
    this.output = output;
  }

  public static Stamps of(String output) {
    return new Stamps(output);
  }

  /** Whether there is any: the document is one of ours. */
  public boolean any() {
    return output.startsWith("FREEZEFRAME event=") || output.contains("\nFREEZEFRAME event=");
  }

  /** When an event happened: the last of that name. */
  public Optional<Instant> at(String event) {
    Matcher line =
        Pattern.compile(
                "^FREEZEFRAME event=" + Pattern.quote(event) + " at=(\\S+)", Pattern.MULTILINE)
            .matcher(output);
    Optional<Instant> last = Optional.empty();
    while (line.find()) {
      last = GuestTime.parse(line.group(1));
    }
    return last;
  }
}
