/** The functions of {@code drill-set}, and the net under it. */
package dev.freezeframe.task.drill;
