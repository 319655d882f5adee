package dev.freezeframe.slot;

/** A set never gets its slots: it is larger than the quota, or has waited too long. */
public final class SlotsImpossibleException extends RuntimeException {

  public SlotsImpossibleException(String message) {
    super(message);
  }
}
