package dev.freezeframe.task;

import dev.freezeframe.drill.DrillHost;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The environment variables of a function; the one place that reads them, and from which anyone who
 * deploys a function writes them.
 *
 * @param ledgerTable {@code LEDGER_TABLE}: the name of the ledger's table
 * @param pendingSnapshots {@code PENDING_SNAPSHOTS}: how many snapshots may be pending in the
 *     account and Region; AWS's default where it is not set
 * @param drillHost {@code DRILL_PROFILE}, {@code DRILL_SUBNETS}, {@code DRILL_SECURITY_GROUPS},
 *     with commas between: where drill instances are launched; empty where no profile is set
 */
public record Environment(String ledgerTable, int pendingSnapshots, Optional<DrillHost> drillHost) {
  private static final String LEDGER_TABLE = "LEDGER_TABLE";
  private static final String PENDING_SNAPSHOTS = "PENDING_SNAPSHOTS";
  private static final String DRILL_PROFILE = "DRILL_PROFILE";
  private static final String DRILL_SUBNETS = "DRILL_SUBNETS";
  private static final String DRILL_SECURITY_GROUPS = "DRILL_SECURITY_GROUPS";

  /** The quota of an ordinary account; Service Quotas, Amazon EBS. */
  public static final int DEFAULT_PENDING_SNAPSHOTS = 100;

  /** That of a deployment in which nothing is drilled. */
  public Environment(String ledgerTable, int pendingSnapshots) {
    this(ledgerTable, pendingSnapshots, Optional.empty());
  }

  /**
   * Reads it.
   *
   * @throws IllegalStateException if a variable is missing, or no number where one is expected
   */
  public static Environment of(Map<String, String> variables) {
    return new Environment(
        required(variables, LEDGER_TABLE),
        number(variables, PENDING_SNAPSHOTS, DEFAULT_PENDING_SNAPSHOTS),
        drillHost(
            variables.get(DRILL_PROFILE),
            variables.get(DRILL_SUBNETS),
            variables.get(DRILL_SECURITY_GROUPS)));
  }

  private static Optional<DrillHost> drillHost(String profile, String subnets, String groups) {
    return profile == null || profile.isBlank()
        ? Optional.empty()
        : Optional.of(new DrillHost(ids(subnets), ids(groups), profile));
  }

  private static List<String> ids(String joined) {
    return joined == null || joined.isBlank() ? List.of() : List.of(joined.split(","));
  }

  /** The variables that a function is deployed with. */
  public Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    variables.put(LEDGER_TABLE, ledgerTable);
    variables.put(PENDING_SNAPSHOTS, Integer.toString(pendingSnapshots));
    drillHost.ifPresent(
        host -> {
          variables.put(DRILL_PROFILE, host.profile());
          variables.put(DRILL_SUBNETS, String.join(",", host.subnets()));
          variables.put(DRILL_SECURITY_GROUPS, String.join(",", host.securityGroups()));
        });
    return variables;
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
