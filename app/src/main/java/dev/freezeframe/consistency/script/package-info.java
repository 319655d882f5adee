/** Scripts that freeze and thaw a guest: what is ordered, and how it ended. */
package dev.freezeframe.consistency.script;
