/** Snapshot sets: ordered once, adopted on a second try, settled by events. */
package dev.freezeframe.snapshot;
