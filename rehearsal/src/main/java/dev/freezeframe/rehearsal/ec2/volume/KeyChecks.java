package dev.freezeframe.rehearsal.ec2.volume;

import dev.freezeframe.rehearsal.kms.EmbeddedKms;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.kms.model.KeyState;

/**
 * Whether EBS can use the key of a volume, which it finds out after it has answered (EC2 API,
 * CreateVolume: "authenticates the KMS key asynchronously").
 */
public final class KeyChecks {
  private final EmbeddedKms kms;

  public KeyChecks(EmbeddedKms kms) {
    this.kms = kms;
  }

  /**
   * What is wrong with the key of a volume, as events of EBS say it; empty: nothing. Of a key that
   * is unavailable or does not exist AWS shows no event: those words are assumed.
   */
  public Optional<String> trouble(Volume volume) {
    return Optional.ofNullable(volume.kmsKeyId())
        .filter(key -> Boolean.TRUE.equals(volume.encrypted()))
        .flatMap(
            key ->
                kms.state(key)
                    .map(state -> said(key, state))
                    .orElse(Optional.of(key + " does not exist.")));
  }

  /** What EBS says of a key that is disabled. */
  static String disabled(String key) {
    return key + " is disabled.";
  }

  private static Optional<String> said(String key, KeyState state) {
    return switch (state) {
      case ENABLED -> Optional.empty();
      case DISABLED -> Optional.of(disabled(key));
      case PENDING_DELETION -> Optional.of(key + " is pending deletion.");
      case PENDING_IMPORT -> Optional.of(key + " is pending import.");
      default -> Optional.of(key + " is unavailable.");
    };
  }
}
