/** What must hold in every simulation, one class for each invariant. */
package dev.freezeframe.rehearsal.simulation.invariant;
