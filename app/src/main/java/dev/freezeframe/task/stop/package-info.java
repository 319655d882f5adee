/** The tasks that stop instances for their sets, and start them again. */
package dev.freezeframe.task.stop;
