/**
 * What must hold in every simulation, one class for each invariant: here of backups, snapshots and
 * runs. {@link dev.freezeframe.rehearsal.simulation.invariant.Invariants} lists all.
 */
package dev.freezeframe.rehearsal.simulation.invariant;
