package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine. CI has all of it and skips nothing. */
final class Machine {

  private Machine() {}

  static void needs(boolean met, String otherwise) {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(met).as("CI skips no test: " + otherwise).isTrue();
    }
    Assumptions.assumeTrue(met, "skipped: " + otherwise);
  }
}
