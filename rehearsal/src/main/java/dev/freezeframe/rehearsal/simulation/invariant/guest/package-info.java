/** What must hold of guests and instances: they thaw, run again, and stop only where they may. */
package dev.freezeframe.rehearsal.simulation.invariant.guest;
