/**
 * Slots of the quota of pending snapshots: a set takes one for each of its snapshots before its
 * guest is frozen, and gives it back when that snapshot is pending no more.
 */
package dev.freezeframe.slot;
