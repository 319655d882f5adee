/**
 * Virtual time: one clock and one thread of control, so that a wait costs nothing and the same seed
 * gives the same run.
 */
package dev.freezeframe.rehearsal.time;
