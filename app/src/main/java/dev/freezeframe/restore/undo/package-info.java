/** Undoes restores: what the target had is put back, and what was created goes. */
package dev.freezeframe.restore.undo;
