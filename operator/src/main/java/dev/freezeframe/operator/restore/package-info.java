/**
 * The command {@code ./freezeframe restore}: which set, what a restore of it does and costs, and
 * how far it is. The decisions are those of {@link dev.freezeframe.restore.plan.RestorePlanner};
 * the state machine {@code restore-set} carries them out.
 */
package dev.freezeframe.operator.restore;
