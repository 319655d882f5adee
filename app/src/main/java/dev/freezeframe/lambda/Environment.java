package dev.freezeframe.lambda;

import java.util.Map;

/**
 * The environment variables of a function; the one place that reads them, and from which whoever
 * deploys a function writes them.
 *
 * @param ledgerTable {@code LEDGER_TABLE}: the name of the ledger's table
 */
public record Environment(String ledgerTable) {
  private static final String LEDGER_TABLE = "LEDGER_TABLE";

  /**
   * Reads it.
   *
   * @throws IllegalStateException if a variable is missing
   */
  public static Environment of(Map<String, String> variables) {
    return new Environment(required(variables, LEDGER_TABLE));
  }

  /** The variables that a function is deployed with. */
  public Map<String, String> variables() {
    return Map.of(LEDGER_TABLE, ledgerTable);
  }

  private static String required(Map<String, String> variables, String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          "environment variable %s: expected a value, found none".formatted(name));
    }
    return value;
  }
}
