/** A rehearsal: an embedded cloud, a policy that fires in it, and its result. */
package dev.freezeframe.rehearsal.run;
