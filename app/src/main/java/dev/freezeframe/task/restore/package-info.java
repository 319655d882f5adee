/** The functions of {@code restore-set}, and the nets under it. */
package dev.freezeframe.task.restore;
