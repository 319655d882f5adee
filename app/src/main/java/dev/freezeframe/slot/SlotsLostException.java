package dev.freezeframe.slot;

/**
 * The slots that a set was to be taken with have lapsed, as after a redrive. Nothing was sent, and
 * they are taken again.
 */
public final class SlotsLostException extends RuntimeException {

  public SlotsLostException(String message) {
    super(message);
  }
}
