/** What {@code restore-set} passes to its functions, and what they answer. */
package dev.freezeframe.task.restore.message;
