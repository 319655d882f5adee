package dev.freezeframe.rehearsal.deployment;

import dev.freezeframe.rehearsal.cloud.KnownMembers;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

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

  /**
   * Refuses a request that sets more than is acted on, as operations are that nobody here asks for.
   *
   * @param known the members that are acted on
   */
  static void ofMoreThan(SdkPojo request, String... known) {
    KnownMembers.unknown(request, Set.of(known))
        .ifPresent(
            name -> {
              throw new UnsupportedOperationException(
                  "%s of %s".formatted(name, request.getClass().getSimpleName()));
            });
  }
}
