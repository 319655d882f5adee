/** The tasks of {@code expire-snapshots}: reconcile, plan, delete and adopt. */
package dev.freezeframe.task.expiry;
