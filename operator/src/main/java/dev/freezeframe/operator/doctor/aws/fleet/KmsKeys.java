package dev.freezeframe.operator.doctor.aws.fleet;

import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** Asks the Key Management Service about keys. */
public final class KmsKeys {
  private final KmsClient kms;

  public KmsKeys(KmsClient kms) {
    this.kms = kms;
  }

  /**
   * The state of a key, such as {@code Enabled}; empty if none.
   *
   * @param key its ARN
   */
  public Asked<Optional<String>> state(String key) {
    return Question.ask(
        "kms:DescribeKey",
        () -> {
          try {
            return Optional.of(
                kms.describeKey(request -> request.keyId(key)).keyMetadata().keyStateAsString());
          } catch (NotFoundException none) {
            return Optional.empty();
          }
        });
  }
}
