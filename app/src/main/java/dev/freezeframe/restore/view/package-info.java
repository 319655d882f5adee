/**
 * How things stand when a restore is planned: its set, its target, the volumes and types that EC2
 * states. {@link dev.freezeframe.restore.view.RestoreReader} asks the ledger and EC2 all that a
 * decision needs.
 */
package dev.freezeframe.restore.view;
