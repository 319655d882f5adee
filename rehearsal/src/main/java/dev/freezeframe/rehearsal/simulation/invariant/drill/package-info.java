/** What holds of drills whatever goes wrong. */
package dev.freezeframe.rehearsal.simulation.invariant.drill;
