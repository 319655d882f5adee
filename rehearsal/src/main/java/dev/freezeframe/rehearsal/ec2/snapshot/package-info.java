/** Snapshots: sets, how they complete or fail, their events, and what protects them. */
package dev.freezeframe.rehearsal.ec2.snapshot;
