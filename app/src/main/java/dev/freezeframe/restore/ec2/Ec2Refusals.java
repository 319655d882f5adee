package dev.freezeframe.restore.ec2;

import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.stop.StartFailedException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Tells what EC2 refused for good from what the same call may get a moment later. */
public final class Ec2Refusals {
  /** EC2's own word for an overload, which the SDK does not count as throttling. */
  private static final String OVERLOADED = "Unavailable";

  private Ec2Refusals() {}

  /** The code of an answer; words that are none where a load balancer gave it. */
  public static String code(Ec2Exception refused) {
    return Optional.ofNullable(refused.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .orElse("no code");
  }

  /** Whether EC2 has no room for it in the zone, which it may have later. */
  public static boolean isCapacity(Ec2Exception refused) {
    return StartFailedException.isCapacity(code(refused));
  }

  /** The same refusal where the call may be made again; else that the restore has failed. */
  static RuntimeException told(String what, Ec2Exception refused) {
    return passes(refused) ? refused : new RestoreFailedException(words(what, refused), refused);
  }

  /** Whether the same call may get another answer a moment later. */
  public static boolean passes(Ec2Exception refused) {
    return refused.statusCode() >= 500
        || refused.isThrottlingException()
        || code(refused).equals(OVERLOADED);
  }

  /** What was refused, and why, in EC2's words. */
  public static String words(String what, Ec2Exception refused) {
    return "%s: %s (%s)"
        .formatted(
            what,
            code(refused),
            Optional.ofNullable(refused.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .orElse("EC2 says no more"));
  }
}
