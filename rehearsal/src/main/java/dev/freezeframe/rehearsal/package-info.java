/** An embedded cloud in which the same tasks and the same state machine files run on a laptop. */
package dev.freezeframe.rehearsal;
