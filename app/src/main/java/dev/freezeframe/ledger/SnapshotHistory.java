package dev.freezeframe.ledger;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;
import java.util.Optional;

/**
 * All that the ledger knows of one snapshot, from its making to long after its end.
 *
 * @param held why it was kept when it was last asked about; empty: it was not, or is to go
 * @param deleting what was ordered last and whose end is not on record
 * @param vanishedAt when it was noticed that EC2 has it no more, though nothing of ours deleted it
 */
public record SnapshotHistory(
    SnapshotRow row,
    Optional<RetentionSettings> terms,
    Optional<String> held,
    Optional<Deletion> deleting,
    Optional<Deletion> deletion,
    Optional<Instant> vanishedAt,
    Optional<Adoption> adoption) {

  public SnapshotHistory {
    vanishedAt = vanishedAt.map(at -> at.truncatedTo(MILLIS));
  }

  public boolean living() {
    return deletion.isEmpty() && vanishedAt.isEmpty();
  }
}
