package dev.freezeframe.rehearsal.ec2.api;

import dev.freezeframe.rehearsal.cloud.Account;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** The exceptions of EC2, which has one class for all and tells them apart by an error code. */
public final class Ec2Refusal {
  private Ec2Refusal() {}

  /** The request is refused: it was wrong, or met a limit. */
  public static Ec2Exception of(String code, String message) {
    return exception(code, message, 400);
  }

  /** A value that a parameter cannot have. */
  public static Ec2Exception invalid(Object value, String parameter, String why) {
    return of(
        "InvalidParameterValue",
        "Value (%s) for parameter %s is invalid. %s".formatted(value, parameter, why));
  }

  /** Tags for what the call does not make. */
  public static Ec2Exception notTaggable(String resourceType) {
    return of(
        "InvalidParameterValue",
        "'%s' is not a valid taggable resource type for this operation.".formatted(resourceType));
  }

  /** A parameter is not there that has to be. */
  public static Ec2Exception missing(String parameter) {
    return of("MissingParameter", "The request must contain the parameter %s".formatted(parameter));
  }

  public static Ec2Exception badToken(String token) {
    return of("InvalidPaginationToken", "The specified pagination token is not valid: " + token);
  }

  /** There are no snapshots and images here but those of the account. */
  public static void unlessOwn(String parameter, List<String> owners) {
    if (!List.of("self", Account.ID).containsAll(owners)) {
      throw of(
          "InvalidParameterValue",
          "%s is %s, expected self: nobody else's are simulated".formatted(parameter, owners));
    }
  }

  /** A dry run of a call that would have been carried out. */
  public static Ec2Exception dryRun() {
    return exception(
        "DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
  }

  /** IAM does not allow it. */
  public static Ec2Exception unauthorized() {
    return exception(
        "UnauthorizedOperation", "You are not authorized to perform this operation.", 403);
  }

  /** EC2 has no room for the instance; the SDK tries it again like any answer of 500. */
  public static Ec2Exception lacksCapacity() {
    return exception("InsufficientInstanceCapacity", "Insufficient capacity.", 500);
  }

  /** EC2 has no room for the volume: "Error codes", server errors. */
  public static Ec2Exception lacksVolumeCapacity() {
    return exception(
        "InsufficientVolumeCapacity",
        "There is not enough capacity to fulfill your EBS volume provision request.",
        500);
  }

  /** Over the request rate. */
  public static Ec2Exception throttled() {
    return exception("RequestLimitExceeded", "Request limit exceeded.", 503);
  }

  /** EC2 failed. */
  public static Ec2Exception failed() {
    return exception("InternalError", "An internal error has occurred", 500);
  }

  private static Ec2Exception exception(String code, String message, int status) {
    return (Ec2Exception)
        Ec2Exception.builder()
            .message(message)
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .serviceName("Ec2")
                    .errorCode(code)
                    .errorMessage(message)
                    .build())
            .build();
  }
}
