package dev.freezeframe.operator.doctor.check.fleet;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import java.util.Locale;
import java.util.Optional;

/**
 * What EC2 says to a call that is not carried out. Only Lambda can take the functions' roles, so it
 * says what the caller may do, with a request that keeps the conditions of those roles.
 */
public final class DryRunCheck {

  private DryRunCheck() {}

  /**
   * An attempt.
   *
   * @param action such as {@code CreateSnapshots}
   * @param on what it was tried on; empty: nothing is there to try it on
   * @param code EC2's; {@code DryRunOperation}: it would have been carried out
   * @param words EC2's
   */
  public record Attempt(String action, Optional<String> on, String code, String words) {

    public static Attempt onNothing(String action) {
      return new Attempt(action, Optional.empty(), "", "");
    }
  }

  /**
   * Decides.
   *
   * @param missing what it would have to be tried on
   */
  public static Finding of(Asked<Attempt> asked, String action, String missing) {
    String check = "dry run " + action;
    if (asked.value().isEmpty()) {
      return Finding.unanswered(check, asked);
    }
    Attempt attempt = asked.value().get();
    if (attempt.on().isEmpty()) {
      return Finding.warn(
          check,
          "could not be tried: there is no " + missing,
          "run it again after the first backup");
    }
    String on = attempt.on().get();
    String words = attempt.words().toLowerCase(Locale.ROOT);
    return switch (attempt.code()) {
      case "DryRunOperation" ->
          Finding.pass(check, "EC2 would do it on %s, for the caller".formatted(on));
      case "UnauthorizedOperation" ->
          words.contains("explicit deny in a service control policy")
                  || words.contains("explicit deny in a resource control policy")
              ? Finding.fail(
                  check,
                  "a policy of the organization denies it on %s, and so to the functions"
                      .formatted(on),
                  "have the organization's policy allow ec2:%s".formatted(action))
              : Finding.warn(
                  check,
                  "the caller may not do it on %s; the functions' roles may all the same"
                      .formatted(on),
                  "run it with a profile that has the permission ec2:%s".formatted(action));
      default ->
          Finding.fail(
              check,
              "EC2 refuses it on %s: %s (%s)".formatted(on, attempt.code(), attempt.words()),
              "fix what EC2 names: the functions would be refused as well");
    };
  }
}
