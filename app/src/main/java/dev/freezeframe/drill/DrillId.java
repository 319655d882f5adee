package dev.freezeframe.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SetHolder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a drill, such as {@code drill-20261128T080000Z-1a2b3c4d}: the name of its execution,
 * the value of the tag on all that it creates, and the start of its client tokens.
 */
public record DrillId(@JsonValue String value) implements SetHolder, Comparable<DrillId> {
  private static final Pattern FORM = Pattern.compile("drill-\\d{8}T\\d{6}Z-[0-9a-f]{8}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int HASH = 8;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DrillId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "drill id '%s': expected one such as drill-20261128T080000Z-1a2b3c4d".formatted(value));
    }
  }

  /** Whether a text could be an id. */
  public static boolean isWellFormed(String value) {
    return FORM.matcher(value).matches();
  }

  /** The drill of an instance in a run, which is the same if the run is started twice. */
  public static DrillId of(PolicyName policy, InstanceId instance, Instant scheduledAt) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest("%s/%s/%s".formatted(policy, instance, scheduledAt).getBytes(UTF_8));
      return new DrillId(
          "drill-%s-%s"
              .formatted(
                  TIME.format(scheduledAt), HexFormat.of().formatHex(hash).substring(0, HASH)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("expected SHA-256 in every Java", impossible);
    }
  }

  /** The {@code executionId} that its document gets. */
  public AttemptId scriptExecution() {
    return new AttemptId(UUID.nameUUIDFromBytes(value.getBytes(UTF_8)).toString());
  }

  @Override
  public String words() {
    return "being drilled by " + value;
  }

  @Override
  public int compareTo(DrillId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
