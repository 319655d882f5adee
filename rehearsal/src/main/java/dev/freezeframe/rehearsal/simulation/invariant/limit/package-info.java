/** What must hold of the limits of AWS: lengths, sizes, rates and quotas. */
package dev.freezeframe.rehearsal.simulation.invariant.limit;
