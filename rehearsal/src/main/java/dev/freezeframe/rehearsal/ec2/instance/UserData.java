package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The user data of a launch: a shell script, of which two commands alone are acted on, {@code
 * shutdown +MINUTES} and what is written into {@code /run/freezeframe/drill}.
 *
 * <p>cloud-init runs a script once, at the first boot (EC2 user guide, "Run commands when you
 * launch an EC2 instance with user data input"). What does not begin with {@code #!} is no script,
 * and does nothing.
 *
 * @param shutdown how long after the script ran the guest shuts itself down; empty: never
 * @param proof what it writes into the file of drills; empty: nothing
 */
record UserData(Optional<Duration> shutdown, Optional<String> proof) {
  /** EC2 user guide: "User data is limited to 16 KB, in raw form". */
  private static final int MAX_BYTES = 16_384;

  private static final Pattern SHUTDOWN =
      Pattern.compile(
          "^\\s*(?:/usr)?(?:/s?bin/)?shutdown(?: +-[hP])* +\\+(\\d{1,5})\\b", Pattern.MULTILINE);

  private static final Pattern PROOF =
      Pattern.compile(
          "(?:printf '%s\\\\n'|echo) '?([A-Za-z0-9-]+)'? *> */run/freezeframe/drill\\b");

  /** None. */
  static final UserData NONE = new UserData(Optional.empty(), Optional.empty());

  /**
   * Reads what RunInstances was given.
   *
   * @param encoded Base64, or null
   */
  static UserData of(String encoded) {
    if (encoded == null) {
      return NONE;
    }
    byte[] raw;
    try {
      raw = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException notBase64) {
      throw Ec2Refusal.of("InvalidParameterValue", "Invalid BASE64 encoding of user data.");
    }
    if (raw.length > MAX_BYTES) {
      throw Ec2Refusal.of(
          "InvalidParameterValue", "User data is limited to %d bytes".formatted(MAX_BYTES));
    }
    String text = new String(raw, StandardCharsets.UTF_8);
    if (!text.startsWith("#!")) {
      return NONE;
    }
    return new UserData(
        first(SHUTDOWN.matcher(text)).map(Long::parseLong).map(Duration::ofMinutes),
        first(PROOF.matcher(text)));
  }

  private static Optional<String> first(Matcher found) {
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
