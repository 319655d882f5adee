package dev.freezeframe.restore.ec2;

import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.stop.StartFailedException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Tells what EC2 refused for good from what the same call may get a moment later. */
final class Ec2Refusals {
  /** EC2's own word for an overload, which the SDK does not count as throttling. */
  private static final String OVERLOADED = "Unavailable";

  private Ec2Refusals() {}

  static String code(Ec2Exception refused) {
    return Optional.ofNullable(refused.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .orElse("no code");
  }

  /** Whether EC2 has no room for it in the zone, which it may have later. */
  static boolean isCapacity(Ec2Exception refused) {
    return StartFailedException.isCapacity(code(refused));
  }

  /** The same refusal where the call may be made again; else that the restore has failed. */
  static RuntimeException told(String what, Ec2Exception refused) {
    boolean passes =
        refused.statusCode() >= 500
            || refused.isThrottlingException()
            || code(refused).equals(OVERLOADED);
    return passes ? refused : new RestoreFailedException(words(what, refused), refused);
  }

  static String words(String what, Ec2Exception refused) {
    return "%s: %s (%s)"
        .formatted(
            what,
            code(refused),
            Optional.ofNullable(refused.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .orElse("EC2 says no more"));
  }
}
