package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.rehearsal.run.InstanceReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a rehearsal assumes of guests whose document holds a database: that it runs there. */
final class AssumedDatabase {
  private static final Map<String, String> DATABASES =
      Map.of(
          SsmDocument.MYSQL.ssmName(), "MySQL or MariaDB",
          SsmDocument.POSTGRESQL.ssmName(), "PostgreSQL");

  private AssumedDatabase() {}

  /**
   * Says so, and what a guest without one would come to; empty: nothing of the kind is assumed, or
   * no guest was held.
   *
   * @param documents of the account, by name
   */
  static Optional<String> sentence(
      Policy policy, Map<String, String> documents, List<InstanceReport> reports) {
    long held =
        reports.stream()
            .filter(report -> !report.frozen().isZero())
            .filter(report -> report.consistency().map("APPLICATION"::equals).orElse(false))
            .map(InstanceReport::instance)
            .distinct()
            .count();
    if (held == 0 || OwnDocument.of(policy, documents).isPresent()) {
      return Optional.empty();
    }
    return policy.scripts().flatMap(scripts -> sentence(scripts, held));
  }

  private static Optional<String> sentence(Scripts scripts, long held) {
    String document = DocumentsFolder.name(scripts.document());
    return Optional.ofNullable(DATABASES.get(document))
        .map(
            database ->
                "Assumed: %s runs on %s that %s held. No script is run; a guest without it answers 206, and %s (docs/rehearsal.md)."
                    .formatted(
                        database,
                        held == 1 ? "the guest" : "all %d guests".formatted(held),
                        document,
                        scripts.fallBackToCrashConsistent()
                            ? "its set is CRASH"
                            : "its backup is skipped"));
  }
}
