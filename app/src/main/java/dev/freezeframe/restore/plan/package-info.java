/**
 * Decides what a restore does, or why it is refused.
 *
 * <p>{@link dev.freezeframe.restore.view.RestoreReader} asks the ledger and EC2 all that a decision
 * needs. {@link dev.freezeframe.restore.plan.RestorePlanner} decides, without a call: each refusal
 * is a row of a table, and has a sentence. The command line shows the plan, and the first task of
 * {@code restore-set} makes it again: it carries out that plan, or none.
 */
package dev.freezeframe.restore.plan;
