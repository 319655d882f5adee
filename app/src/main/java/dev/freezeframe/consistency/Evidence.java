package dev.freezeframe.consistency;

import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.PreScriptRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a verdict is made from. Nothing here is assumed: what is not known is empty.
 *
 * @param quiescent whether the instance was stopped before and after the set's point in time
 * @param withoutScripts why no script held the guest for this set; empty: scripts were to
 * @param pre the pre-script of the attempt that took the set; empty: it did not succeed
 * @param post the post-script of that attempt; empty: it has not answered
 * @param firstThawSentAt the earliest sending of any post-script of that attempt, by AWS's clock
 * @param leftOut the steps of the document that the guest's agent leaves out, though the document
 *     does not say that they are for others
 * @param pointInTime of the set, by AWS's clock
 */
public record Evidence(
    boolean quiescent,
    Optional<String> withoutScripts,
    Optional<PreScriptRun> pre,
    Optional<PostScriptRun> post,
    Optional<Instant> firstThawSentAt,
    List<String> leftOut,
    PointInTime pointInTime) {

  public Evidence {
    leftOut = List.copyOf(leftOut);
  }
}
