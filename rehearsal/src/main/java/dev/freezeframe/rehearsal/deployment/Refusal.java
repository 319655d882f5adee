package dev.freezeframe.rehearsal.deployment;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The exceptions of these services, filled as the SDK fills them. */
final class Refusal {
  private Refusal() {}

  /**
   * An exception.
   *
   * @param builder of its class
   */
  static AwsServiceException of(
      AwsServiceException.Builder builder, int status, String code, String message) {
    return builder
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .message(message)
        .statusCode(status)
        .build();
  }
}
