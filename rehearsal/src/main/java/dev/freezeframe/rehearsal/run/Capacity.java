package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.functions.Functions;

/**
 * The quotas of an account; by default those of an ordinary one.
 *
 * @param concurrency how many functions may run at once; new accounts have about 10 at first
 * @param ssmRate the part of the assumed request rates of Systems Manager that is left to us;
 *     others in the account use the rest
 */
public record Capacity(int concurrency, double ssmRate) {
  public static final Capacity USUAL = new Capacity(Functions.DEFAULT_CONCURRENCY, 1);

  public Capacity {
    if (concurrency < 1 || !(ssmRate > 0 && ssmRate <= 1)) {
      throw new IllegalArgumentException(
          "capacity: expected a concurrency from 1 and a rate above 0 and up to 1, found %d and %s"
              .formatted(concurrency, ssmRate));
    }
  }

  /** An account with another quota of functions at once. */
  public static Capacity ofConcurrency(int concurrency) {
    return new Capacity(concurrency, 1);
  }
}
