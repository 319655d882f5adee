package dev.freezeframe.rehearsal.kms;

import dev.freezeframe.rehearsal.cloud.Operation;
import dev.freezeframe.rehearsal.cloud.SdkRetries;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.KmsException;

/** The Key Management Service as functions call it: a call takes its time, is counted, can fail. */
final class CountedKms implements KmsClient {
  private static final Operation DESCRIBE =
      Operation.read("kms:DescribeKey", Duration.ofMillis(40));

  private final EmbeddedKms kms;
  private final SimulatedApi api;
  private final SdkRetries retries;

  CountedKms(EmbeddedKms kms, SimulatedApi api, SdkRetries retries) {
    this.kms = kms;
    this.api = api;
    this.retries = retries;
  }

  @Override
  public DescribeKeyResponse describeKey(DescribeKeyRequest request) {
    String key = Objects.toString(request.keyId(), "");
    return retries.around(
        () -> api.call(DESCRIBE, key, CountedKms::throttled, () -> kms.describeKey(request)));
  }

  private static RuntimeException throttled() {
    String message = "You have exceeded the rate at which you may call KMS.";
    return KmsException.builder()
        .message(message)
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode("ThrottlingException")
                .errorMessage(message)
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
