package dev.freezeframe.rehearsal.kms;

import dev.freezeframe.rehearsal.cloud.KnownMembers;
import dev.freezeframe.rehearsal.cloud.SdkRetries;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.OriginType;

/**
 * The Key Management Service: keys by their ARN, and what state they are in.
 *
 * <p>A key is asked for by its ARN, its id, or the name or ARN of an alias (KMS API, DescribeKey).
 */
public final class EmbeddedKms implements KmsClient {
  /** The alias of the key that EBS uses where none is named. */
  public static final String EBS_ALIAS = "alias/aws/ebs";

  private final Map<String, KeyState> keys = new TreeMap<>();
  private final Map<String, String> aliases = new TreeMap<>();

  /** A client whose calls take virtual time, are counted, and are tried again like the SDK's. */
  public KmsClient client(SimulatedApi api, SdkRetries retries) {
    return new CountedKms(this, api, retries);
  }

  /** A key is there, or changes its state. */
  public void put(String arn, KeyState state) {
    keys.put(arn, state);
  }

  /** A key is there; nothing changes if it was there before. */
  public void add(String arn) {
    keys.putIfAbsent(arn, KeyState.ENABLED);
  }

  /** A key is known under a name such as {@code alias/backups}. */
  public void alias(String name, String arn) {
    aliases.put(name, arn);
  }

  /** The ARN of a key that a caller names in any of the four ways; empty: it does not exist. */
  public Optional<String> arn(String key) {
    if (keys.containsKey(key)) {
      return Optional.of(key);
    }
    int alias = key.indexOf("alias/");
    if (alias >= 0) {
      return Optional.ofNullable(aliases.get(key.substring(alias))).filter(keys::containsKey);
    }
    return keys.keySet().stream().filter(arn -> arn.endsWith(":key/" + key)).findFirst();
  }

  /** The state of a key; empty: it does not exist. */
  public Optional<KeyState> state(String arn) {
    return Optional.ofNullable(keys.get(arn));
  }

  @Override
  public DescribeKeyResponse describeKey(DescribeKeyRequest request) {
    KnownMembers.unknown(request, Set.of("KeyId"))
        .ifPresent(
            name -> {
              throw new UnsupportedOperationException(name + " of DescribeKeyRequest");
            });
    String arn = arn(request.keyId()).orElseThrow(() -> notFound(request.keyId()));
    KeyState state = keys.get(arn);
    boolean managed = arn.equals(aliases.get(EBS_ALIAS));
    return DescribeKeyResponse.builder()
        .keyMetadata(
            KeyMetadata.builder()
                .arn(arn)
                .keyId(arn.replaceFirst(".*/", ""))
                .keyState(state)
                .enabled(state == KeyState.ENABLED)
                .keyManager(managed ? KeyManagerType.AWS : KeyManagerType.CUSTOMER)
                .origin(state == KeyState.PENDING_IMPORT ? OriginType.EXTERNAL : OriginType.AWS_KMS)
                .build())
        .build();
  }

  private static KmsException notFound(String key) {
    String message = "Key '%s' does not exist".formatted(key);
    return (KmsException)
        NotFoundException.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("NotFoundException")
                    .errorMessage(message)
                    .build())
            .message(message)
            .statusCode(400)
            .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
