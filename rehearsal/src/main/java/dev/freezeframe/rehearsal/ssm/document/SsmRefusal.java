package dev.freezeframe.rehearsal.ssm.document;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssm.model.InvalidNextTokenException;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** The exceptions of Systems Manager, filled as the SDK fills them. */
public final class SsmRefusal {
  private SsmRefusal() {}

  /**
   * An exception.
   *
   * @param builder of its class
   */
  public static AwsServiceException of(
      AwsServiceException.Builder builder, String code, String message) {
    AwsErrorDetails details =
        AwsErrorDetails.builder().serviceName("Ssm").errorCode(code).errorMessage(message).build();
    return builder.awsErrorDetails(details).message(message).statusCode(400).build();
  }

  /** A parameter of the call itself is out of its bounds. */
  public static AwsServiceException invalid(String message) {
    return of(SsmException.builder(), "ValidationException", message);
  }

  /** IAM does not allow the call. */
  public static AwsServiceException denied(String action, String document, String instance) {
    return of(
        SsmException.builder(),
        "AccessDeniedException",
        "The caller is not authorized to perform: %s of %s on %s"
            .formatted(action, document, instance));
  }

  public static AwsServiceException throttled() {
    return of(SsmException.builder(), "ThrottlingException", "Rate exceeded");
  }

  public static AwsServiceException badToken(String token) {
    return of(
        InvalidNextTokenException.builder(), "InvalidNextToken", "The token is invalid: " + token);
  }
}
