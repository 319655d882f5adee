/**
 * Storms: fleets, policies and faults drawn from a seed, on which every promise is checked.
 *
 * <p>docs/storms.md says what a seed draws, what is checked, and what was found.
 */
package dev.freezeframe.rehearsal.storm;
