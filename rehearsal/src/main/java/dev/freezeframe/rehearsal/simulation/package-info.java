/**
 * Simulations: fleets, policies and faults drawn from a seed, on which every invariant is checked.
 *
 * <p>docs/embedded-cloud.md says what a seed draws, what is checked, and what was found.
 */
package dev.freezeframe.rehearsal.simulation;
