package dev.freezeframe.task;

import java.util.Map;

/**
 * The environment variables of a function; the one place that reads them, and from which anyone who
 * deploys a function writes them.
 *
 * @param ledgerTable {@code LEDGER_TABLE}: the name of the ledger's table
 * @param pendingSnapshots {@code PENDING_SNAPSHOTS}: how many snapshots may be pending in the
 *     account and Region; AWS's default where it is not set
 */
public record Environment(String ledgerTable, int pendingSnapshots) {
  private static final String LEDGER_TABLE = "LEDGER_TABLE";
  private static final String PENDING_SNAPSHOTS = "PENDING_SNAPSHOTS";

  /** The quota of an ordinary account; Service Quotas, Amazon EBS. */
  public static final int DEFAULT_PENDING_SNAPSHOTS = 100;

  /**
   * Reads it.
   *
   * @throws IllegalStateException if a variable is missing, or no number where one is expected
   */
  public static Environment of(Map<String, String> variables) {
    return new Environment(
        required(variables, LEDGER_TABLE),
        number(variables, PENDING_SNAPSHOTS, DEFAULT_PENDING_SNAPSHOTS));
  }

  /** The variables that a function is deployed with. */
  public Map<String, String> variables() {
    return Map.of(LEDGER_TABLE, ledgerTable, PENDING_SNAPSHOTS, Integer.toString(pendingSnapshots));
  }

  private static String required(Map<String, String> variables, String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          "environment variable %s: expected a value, found none".formatted(name));
    }
    return value;
  }

  private static int number(Map<String, String> variables, String name, int otherwise) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      return otherwise;
    }
    if (!value.matches("[1-9]\\d{0,6}")) {
      throw new IllegalStateException(
          "environment variable %s: expected a whole number from 1, found '%s'"
              .formatted(name, value));
    }
    return Integer.parseInt(value);
  }
}
