package dev.freezeframe.operator.doctor.check;

import java.util.Optional;

/** Whether CDK has its place in the account and Region. */
public final class BootstrapCheck {
  private static final String CHECK = "bootstrap";

  /** What the rule {@code CheckBootstrapVersion} of our template asks for. */
  private static final int MIN_VERSION = 6;

  private static final String REMEDY = "npx cdk bootstrap";

  private BootstrapCheck() {}

  /**
   * Decides.
   *
   * @param version what {@code /cdk-bootstrap/hnb659fds/version} holds; empty: it is not there
   */
  public static Finding of(Asked<Optional<String>> version) {
    if (version.value().isEmpty()) {
      return Finding.unanswered(CHECK, version);
    }
    Optional<String> found = version.value().get();
    if (found.isEmpty()) {
      return Finding.fail(CHECK, "CDK is not bootstrapped here", REMEDY);
    }
    boolean recent =
        found.get().matches("\\d{1,6}") && Integer.parseInt(found.get()) >= MIN_VERSION;
    return recent
        ? Finding.pass(CHECK, "CDK is bootstrapped, version " + found.get())
        : Finding.fail(
            CHECK,
            "CDK's bootstrap is of version %s, expected %d or later"
                .formatted(found.get(), MIN_VERSION),
            REMEDY);
  }
}
