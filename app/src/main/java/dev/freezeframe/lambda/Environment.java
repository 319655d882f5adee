package dev.freezeframe.lambda;

import java.util.Map;

/**
 * The environment variables of a function; the one place that reads them.
 *
 * @param ledgerTable {@code LEDGER_TABLE}: the name of the ledger's table
 */
record Environment(String ledgerTable) {

  static Environment of(Map<String, String> variables) {
    return new Environment(required(variables, "LEDGER_TABLE"));
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
