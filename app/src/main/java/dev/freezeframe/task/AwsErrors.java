package dev.freezeframe.task;

import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Says in our own terms what a call of AWS ended with, where nobody has said it before: a message
 * of the SDK becomes the reason of a failed backup otherwise.
 */
final class AwsErrors {
  private static final Map<String, String> SERVICES =
      Map.of("Ssm", "Systems Manager", "Ec2", "EC2", "DynamoDb", "DynamoDB");

  private AwsErrors() {}

  /** The same failure in our own terms; one that is not of the SDK stays itself. */
  static RuntimeException told(RuntimeException failed) {
    if (failed instanceof AwsServiceException refused) {
      return told(refused);
    }
    return failed instanceof SdkException
        ? new CallFailedException(
            "a call of AWS was not answered: %s"
                .formatted(new CaughtError("", String.valueOf(failed.getMessage())).words()),
            failed)
        : failed;
  }

  private static RuntimeException told(AwsServiceException refused) {
    AwsErrorDetails details = refused.awsErrorDetails();
    String words =
        details == null
            ? "AWS answered with status %d".formatted(refused.statusCode())
            : "%s: %s (%s)"
                .formatted(
                    SERVICES.getOrDefault(
                        String.valueOf(details.serviceName()), "AWS refused a call"),
                    details.errorMessage(),
                    details.errorCode());
    return refused.isThrottlingException()
        ? new ThrottledException(words, refused)
        : new CallFailedException(words, refused);
  }
}
