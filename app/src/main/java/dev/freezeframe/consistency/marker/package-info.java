/** What scripts print of themselves: markers, times of the guest's clock, and volumes held. */
package dev.freezeframe.consistency.marker;
