package dev.freezeframe.operator.doctor.check;

import java.util.Optional;

/** Who asks, of which account, in which Region. */
public final class IdentityCheck {
  private static final String CREDENTIALS = "credentials";
  private static final String REGION = "region";

  private IdentityCheck() {}

  /** Whose credentials they are. */
  public record Identity(String account, String arn) {}

  /**
   * The Region.
   *
   * @param named empty: neither an option, nor the environment, nor the profile names one
   * @param known whether this version of the SDK lists it
   */
  public static Finding region(Optional<String> named, boolean known) {
    if (named.isEmpty()) {
      return Finding.fail(
          REGION, "none is set", "name one with --region, AWS_REGION or in the profile");
    }
    return known
        ? Finding.pass(REGION, named.get())
        : Finding.warn(
            REGION,
            "%s is no Region that this version knows".formatted(named.get()),
            "look whether it is spelled as AWS does, such as eu-central-1");
  }

  /** The credentials; nothing else can be asked without them. */
  public static Finding credentials(Asked<Identity> asked) {
    if (asked.value().isEmpty()) {
      return Finding.fail(
          CREDENTIALS,
          asked.words(),
          "fix that first, nothing else was asked: `aws sts get-caller-identity` has to answer");
    }
    Identity identity = asked.value().get();
    String found = "account %s, as %s".formatted(identity.account(), identity.arn());
    return identity.arn().endsWith(":root")
        ? Finding.warn(CREDENTIALS, found, "use a role instead of the root user")
        : Finding.pass(CREDENTIALS, found);
  }
}
