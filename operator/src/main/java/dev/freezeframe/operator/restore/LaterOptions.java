package dev.freezeframe.operator.restore;

import picocli.CommandLine.Option;

/** The options of what is done to a restore that has begun. */
final class LaterOptions {
  @Option(names = "--apply", description = "does it; without it nothing is changed")
  private boolean apply;

  @Option(names = "--watch", description = "with --apply: shows how far it is until it has ended")
  private boolean watch;

  boolean apply() {
    return apply;
  }

  boolean watch() {
    return watch;
  }
}
