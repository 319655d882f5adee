/** Scripts that freeze and thaw a guest: what is ordered, how it ended, and what it printed. */
package dev.freezeframe.consistency.script;
