package dev.freezeframe.operator.doctor.check;

import java.util.Optional;
import java.util.function.Function;

/**
 * The answer of AWS to a question, or why it gave no answer.
 *
 * @param value empty: it did not answer
 * @param permission the action, as IAM names it
 * @param forbidden whether it was not answered because the caller may not ask
 * @param words what was said instead of an answer; empty where there is one
 */
public record Asked<T>(Optional<T> value, String permission, boolean forbidden, String words) {

  public static <T> Asked<T> answer(String permission, T value) {
    return new Asked<>(Optional.of(value), permission, false, "");
  }

  /** The caller may not ask. */
  public static <T> Asked<T> forbidden(String permission) {
    return new Asked<>(Optional.empty(), permission, true, "not allowed");
  }

  /** There was no answer, for whatever other reason. */
  public static <T> Asked<T> failed(String permission, String words) {
    return new Asked<>(Optional.empty(), permission, false, words);
  }

  /** The same with another value; no answer stays none. */
  public <R> Asked<R> map(Function<? super T, ? extends R> change) {
    return new Asked<>(value.map(change), permission, forbidden, words);
  }

  /** What is found where there is no answer. */
  public String unanswered() {
    return forbidden
        ? "may not be asked, needs the permission " + permission
        : "%s did not answer: %s".formatted(permission, words);
  }

  /** What to do where there is no answer. */
  public String remedy() {
    return forbidden
        ? "allow it to the profile, or name another with --profile"
        : "run it again; if it stays so, look at the AWS Health Dashboard";
  }
}
