/**
 * Instances that are stopped for their sets and started again: whether one may be, whose turn it
 * is, and the start that follows every stop.
 */
package dev.freezeframe.stop;
