package dev.freezeframe.task.backup;

import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.retention.rule.Lifetime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The volumes to back up, and how.
 *
 * @param next what the state machine does next
 * @param reason why
 * @param preScript whether the pre-script runs
 * @param postScript whether the post-script runs
 * @param retries further attempts after a failed pre-script
 * @param fallBack whether a set without scripts is taken if scripts can't be run
 * @param document empty: no script runs
 * @param volumes empty: nothing can be taken
 * @param stopped whether the instance is stopped
 * @param launchedAt of its last start
 * @param leftOut the steps that the guest's agent leaves out, though the document does not say that
 *     they are for another platform; empty: none, or the inspection was one of a version that did
 *     not look
 */
public record Inspection(
    Next next,
    String reason,
    boolean preScript,
    boolean postScript,
    int retries,
    boolean fallBack,
    Optional<DocumentVersion> document,
    Optional<VolumeSelection> volumes,
    boolean stopped,
    Optional<Instant> launchedAt,
    Lifetime lifetime,
    Optional<List<String>> leftOut) {

  /** The branches of the choice that follows. */
  enum Next {
    DRY_RUN,
    CREATE,
    FALL_BACK,
    /** Failed: there is something to back up and it can't be. */
    FAIL,
    /** Skipped: there is nothing that could be backed up. */
    SKIP
  }
}
