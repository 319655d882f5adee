/** The tasks of {@code snapshot-instance} that call EC2 and the ledger. */
package dev.freezeframe.task.backup;
