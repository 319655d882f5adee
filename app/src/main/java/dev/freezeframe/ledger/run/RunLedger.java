package dev.freezeframe.ledger.run;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs: who holds them, their pages of targets, freezes, outcomes and summary. */
public interface RunLedger {

  /**
   * Claims a run for an execution, unless another has it.
   *
   * @return the row in force: the caller holds the run if it names the caller's execution
   */
  RunRow claimRun(RunRow run);

  /**
   * Records a page of targets; a second record of the same page changes nothing.
   *
   * @return the page in force: what the first try selected
   */
  PageRow recordPage(PageRow page);

  /**
   * Records that an attempt is about to freeze its guest.
   *
   * @return false if that attempt is on record already, which then stays as it is; but one whose
   *     pre-script was not sent, and for which no post-script was sent since, is replaced
   */
  boolean recordFreeze(FreezeRow freeze);

  /**
   * Records that the pre-script of an attempt was not sent, so that the attempt has frozen nothing
   * and may be recorded once more.
   *
   * @param notSent what stands for its thaw: proved, as there is nothing to thaw
   */
  void recordNotSent(RunId run, InstanceId instance, AttemptId attempt, FreezeRow.Thaw notSent);

  /**
   * Adds a post-script to an attempt. A thaw with the same {@code sentAt} and {@code by} replaces
   * the one on record, so that an answer can follow the sending; but a proof is replaced only by
   * another.
   *
   * <p>Nothing is kept for an attempt that is not on record: its pre-script was not sent, and a
   * thaw from before a freeze proves nothing of it.
   */
  void recordThaw(RunId run, InstanceId instance, AttemptId attempt, FreezeRow.Thaw thaw);

  /** The attempts of one instance in one run that were about to freeze it, by number. */
  List<FreezeRow> freezes(RunId run, InstanceId instance);

  /**
   * Records how an instance's backup ended.
   *
   * <p>A failure is replaced by whatever comes later: a redrive, another execution, or the
   * execution itself where it was given up too early. A skip is replaced by a success alone, which
   * then is another execution's; a success is final.
   *
   * @return the outcome in force
   */
  OutcomeRow recordOutcome(OutcomeRow outcome);

  /** How an instance's backup ended; empty if it has not. */
  Optional<OutcomeRow> outcome(RunId run, InstanceId instance);

  /** All that is known of a run, but for its snapshots. */
  RunView run(RunId run);

  /**
   * The runs that fell due from one instant on and before another, by time; through an index, so
   * the newest may be missing.
   */
  List<RunId> runs(Instant from, Instant before);

  /**
   * Records how a run ended; a later summary, by {@code at}, replaces an earlier one that says
   * something else, or that the same execution recorded.
   *
   * @param execution that sums up: of pages that end at once each finds the run complete
   * @return whether this execution is the one to tell of it; not if another has recorded the same,
   *     or something later
   * @throws IllegalStateException if no execution has claimed the run
   */
  boolean recordSummary(RunId run, RunSummary summary, String execution);
}
