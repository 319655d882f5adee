package dev.freezeframe.infra.settings;

import dev.freezeframe.infra.Expiry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Node;

/**
 * The configuration other than policies: the context, as {@link Setting} explains it.
 *
 * @param environments to deploy to; never empty
 * @param mailTo each address once
 * @param grace what a backup may take before it is missed
 * @param expiry what happens to what is due
 * @param ledgerKey ARN; empty: DynamoDB's own key
 * @param pendingSnapshots the quota in force
 * @param documents names and ARNs of documents that are neither the project's nor AWS's
 */
public record Settings(
    String policies,
    List<Environment> environments,
    List<String> mailTo,
    boolean paused,
    Duration grace,
    Expiry expiry,
    Optional<String> ledgerKey,
    int pendingSnapshots,
    RetentionDays logRetention,
    Set<String> documents) {

  /**
   * Reads the context.
   *
   * @throws dev.freezeframe.input.InvalidInputException with every fault, a line each
   */
  public static Settings of(Node node) {
    return new SettingsReader(node.getAllContext()).read();
  }
}
