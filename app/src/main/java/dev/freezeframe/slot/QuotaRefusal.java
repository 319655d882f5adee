package dev.freezeframe.slot;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A quota or rate for which EC2 refuses a set that was given slots: others used it up meanwhile.
 * The codes are those of "Error codes for the Amazon EC2 API".
 */
public enum QuotaRefusal {
  /** Of the account: all wait until EC2 shows what is pending now. */
  PENDING_SNAPSHOTS("PendingSnapshotLimitExceeded", Duration.ofMinutes(2), Duration.ofSeconds(15)),
  /** Of one volume. */
  SNAPSHOTS_OF_A_VOLUME("ConcurrentSnapshotLimitExceeded", Duration.ofMinutes(2), Duration.ZERO),
  /** Of one volume: 15 s between two snapshots. */
  RATE_OF_A_VOLUME("SnapshotCreationPerVolumeRateExceeded", Duration.ofSeconds(20), Duration.ZERO),
  /** Of the account; it passes when snapshots are deleted. */
  SNAPSHOTS("SnapshotLimitExceeded", Duration.ofMinutes(15), Duration.ofMinutes(15)),
  /** Of the account: the bucket of CreateSnapshots is empty. */
  RATE("RequestLimitExceeded", Duration.ofSeconds(30), Duration.ofSeconds(10));

  private static final Duration MAX_PAUSE = Duration.ofMinutes(15);

  private final String code;
  private final Duration pause;
  private final Duration pauseOfAll;

  QuotaRefusal(String code, Duration pause, Duration pauseOfAll) {
    this.code = code;
    this.pause = pause;
    this.pauseOfAll = pauseOfAll;
  }

  /** What EC2 answers. */
  public String code() {
    return code;
  }

  /** The refusal that an error code stands for; empty: it stands for none. */
  public static Optional<QuotaRefusal> of(String code) {
    return Arrays.stream(values()).filter(refusal -> refusal.code.equals(code)).findFirst();
  }

  /** The refusal that a sentence names; where it names none, that of the rate. */
  public static QuotaRefusal in(String words) {
    return Arrays.stream(values())
        .filter(refusal -> words.contains(": " + refusal.code))
        .findFirst()
        .orElse(RATE);
  }

  /**
   * How long a set that was refused waits before it asks for slots again.
   *
   * @param times how often EC2 has refused it, from 1
   */
  public Duration pause(int times) {
    Duration grown = pause.multipliedBy(1L << Math.min(times - 1, 10));
    return grown.compareTo(MAX_PAUSE) < 0 ? grown : MAX_PAUSE;
  }

  /** How long nobody takes slots. */
  public Duration pauseOfAll() {
    return pauseOfAll;
  }
}
