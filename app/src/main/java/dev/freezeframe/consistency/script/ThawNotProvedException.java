package dev.freezeframe.consistency.script;

/** Nothing says yet that the guest is thawed; the post-script has to be sent again. */
public final class ThawNotProvedException extends RuntimeException {

  public ThawNotProvedException(String message) {
    super(message);
  }
}
