package dev.freezeframe.operator.doctor.check.stack;

import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether the ledger's table is there, with its indexes, as it was deployed. */
public final class LedgerCheck {
  private static final String CHECK = "ledger";

  private LedgerCheck() {}

  /**
   * A table.
   *
   * @param status such as {@code ACTIVE}
   * @param isProtected from deletion
   * @param indexes those that can be queried
   */
  public record Table(String name, String status, boolean isProtected, Set<String> indexes) {}

  /**
   * Decides.
   *
   * @param deployedProtected whether the template protects it from deletion
   * @param asked empty: there is no such table
   */
  public static Finding of(String name, boolean deployedProtected, Asked<Optional<Table>> asked) {
    if (asked.value().isEmpty()) {
      return Finding.unanswered(CHECK, asked);
    }
    if (asked.value().get().isEmpty()) {
      return Finding.fail(
          CHECK,
          "the table %s is gone, and with it what is known of snapshots".formatted(name),
          "restore it under that name from its point-in-time backup");
    }
    Table table = asked.value().get().get();
    Troubles troubles = new Troubles(CHECK);
    if (!table.status().equals("ACTIVE")) {
      troubles.fail(
          "%s is %s".formatted(name, table.status()), "wait until DynamoDB has it active again");
    }
    Set<String> missing = new TreeSet<>();
    LedgerTable.INDEXES.forEach(index -> missing.add(index.name()));
    missing.removeAll(table.indexes());
    if (!missing.isEmpty()) {
      troubles.fail(
          "%s has no active index %s".formatted(name, String.join(", ", missing)),
          "npx cdk deploy");
    }
    if (deployedProtected && !table.isProtected()) {
      troubles.warn(
          "%s is not protected from deletion".formatted(name),
          "turn its deletion protection on, or deploy again");
    }
    return troubles.orElse("%s is active, with its indexes".formatted(name));
  }
}
