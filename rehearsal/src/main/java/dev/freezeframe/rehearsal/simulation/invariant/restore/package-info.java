/** What holds of restores, whatever goes wrong. */
package dev.freezeframe.rehearsal.simulation.invariant.restore;
