/**
 * What a set needs to be restored, what a restore is to do, and what has become of it.
 *
 * <p>{@link dev.freezeframe.restore.RestoreFacts} are recorded while the instance lives. A {@link
 * dev.freezeframe.restore.RestoreRequest} and what is there now make a {@link
 * dev.freezeframe.restore.RestorePlan}, or refusals; {@code restore-set} carries out exactly that
 * plan, and a {@link dev.freezeframe.restore.RestoreRow} says how far it is.
 */
package dev.freezeframe.restore;
