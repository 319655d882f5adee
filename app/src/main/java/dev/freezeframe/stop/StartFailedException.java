package dev.freezeframe.stop;

import java.util.regex.Pattern;

/** An instance could not be started or launched, or has not been so far. */
public final class StartFailedException extends RuntimeException {
  /**
   * The codes by which EC2 says that it has no room for an instance, now or a while after it took
   * the call (API reference, "Error codes for the Amazon EC2 API"; the reason of an instance's
   * state has the prefix). {@code InsufficientFreeAddressesInSubnet} does not count: a subnet does
   * not grow.
   */
  private static final Pattern CAPACITY =
      Pattern.compile("(Server\\.)?Insufficient(Instance|Host|ReservedInstance)?Capacity(OnHost)?");

  private final String code;

  public StartFailedException(String message) {
    this(message, "", null);
  }

  public StartFailedException(String message, Throwable cause) {
    this(message, "", cause);
  }

  /**
   * With EC2's word for why.
   *
   * @param code of its refusal, or of the reason why the instance is in its state; empty: none
   * @param cause null: none
   */
  public StartFailedException(String message, String code, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** EC2's code; empty: it gave none. */
  public String code() {
    return code;
  }

  /** Whether EC2 has no capacity, which it may have later. */
  public boolean lacksCapacity() {
    return isCapacity(code);
  }

  /** Whether a code of EC2 says that it has no capacity. */
  public static boolean isCapacity(String code) {
    return CAPACITY.matcher(code).matches();
  }
}
