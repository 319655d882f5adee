package dev.freezeframe.rehearsal.deployment;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** The Key Management Service: keys by their ARN, and what state they are in. */
public final class EmbeddedKms implements KmsClient {
  private final Map<String, KeyState> keys = new TreeMap<>();

  /** A key is there, or changes its state. */
  public void put(String arn, KeyState state) {
    keys.put(arn, state);
  }

  @Override
  public DescribeKeyResponse describeKey(DescribeKeyRequest request) {
    Refusal.ofMoreThan(request, "KeyId");
    KeyState state = keys.get(request.keyId());
    if (state == null) {
      throw Refusal.of(
          NotFoundException.builder(),
          400,
          "NotFoundException",
          "Key '%s' does not exist".formatted(request.keyId()));
    }
    return DescribeKeyResponse.builder()
        .keyMetadata(
            KeyMetadata.builder()
                .arn(request.keyId())
                .keyId(request.keyId().replaceFirst(".*/", ""))
                .keyState(state)
                .enabled(state == KeyState.ENABLED)
                .build())
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
