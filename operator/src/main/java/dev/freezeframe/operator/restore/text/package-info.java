/** A plan, its price and its times, and an undo, in sentences. */
package dev.freezeframe.operator.restore.text;
