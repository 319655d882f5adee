/** A rehearsal: an embedded cloud, a policy that fires in it, and what came of it. */
package dev.freezeframe.rehearsal.run;
