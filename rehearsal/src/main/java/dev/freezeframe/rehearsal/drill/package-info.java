/** What {@code run.json} and the output say of drills. */
package dev.freezeframe.rehearsal.drill;
