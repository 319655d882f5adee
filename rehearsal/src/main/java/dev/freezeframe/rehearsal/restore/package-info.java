/** Restores in a rehearsal: which are asked for, how they go, and what is left. */
package dev.freezeframe.rehearsal.restore;
