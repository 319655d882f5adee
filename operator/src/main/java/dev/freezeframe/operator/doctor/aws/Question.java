package dev.freezeframe.operator.doctor.aws;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.operator.doctor.check.Asked;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Asks AWS, and takes what it says instead of an answer for what it means. */
public final class Question {
  private static final int MAX_LENGTH = 240;

  private Question() {}

  /**
   * Asks.
   *
   * @param permission the action, as IAM names it
   */
  public static <T> Asked<T> ask(String permission, Supplier<T> question) {
    try {
      return Asked.answer(permission, question.get());
    } catch (AwsServiceException refused) {
      return forbids(code(refused))
          ? Asked.forbidden(permission)
          : Asked.failed(permission, words(refused));
    } catch (SdkException failed) {
      return Asked.failed(permission, words(failed));
    }
  }

  /** The error code; of an answer that is not from the service, its HTTP status. */
  public static String code(AwsServiceException refused) {
    return refused.awsErrorDetails() == null || refused.awsErrorDetails().errorCode() == null
        ? "HTTP " + refused.statusCode()
        : refused.awsErrorDetails().errorCode();
  }

  /** What a service says, without its numbers. */
  public static String message(AwsServiceException refused) {
    return refused.awsErrorDetails() == null || refused.awsErrorDetails().errorMessage() == null
        ? ""
        : LogSafe.of(refused.awsErrorDetails().errorMessage(), MAX_LENGTH);
  }

  /** Each protocol has its own word for it. */
  public static boolean forbids(String code) {
    return Stream.of("AccessDenied", "UnauthorizedOperation", "AuthorizationError", "NotAuthorized")
        .anyMatch(code::contains);
  }

  private static String words(AwsServiceException refused) {
    String said = "%s (%s)".formatted(code(refused), message(refused)).replace(" ()", "");
    return switch (code(refused)) {
      case "ExpiredToken", "ExpiredTokenException", "RequestExpired" ->
          "the credentials have expired; sign in again: " + said;
      case "InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure" ->
          "AWS does not know the credentials, or the account has not enabled the Region: " + said;
      case "SignatureDoesNotMatch", "InvalidSignatureException" ->
          "the secret key is not that of the access key, or the clock is wrong: " + said;
      default -> said;
    };
  }

  private static String words(SdkException failed) {
    String words = String.valueOf(failed.getMessage());
    if (words.startsWith("Unable to load credentials")
        || words.contains("contained no credentials")) {
      return "there are none; name a profile with --profile, or set AWS_PROFILE, or"
          + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    }
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException unknown) {
        return "no host %s is found: there is no network, or no such Region"
            .formatted(unknown.getMessage());
      }
      if (cause instanceof ConnectException || cause instanceof SocketTimeoutException) {
        return "no connection: %s; is there a network, and a proxy to name?"
            .formatted(LogSafe.of(String.valueOf(cause.getMessage()), MAX_LENGTH));
      }
    }
    return LogSafe.of(words, MAX_LENGTH);
  }
}
