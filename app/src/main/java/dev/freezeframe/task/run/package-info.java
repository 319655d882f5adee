/** The tasks of {@code run-policy}: select targets, summarize the run, watch recovery points. */
package dev.freezeframe.task.run;
