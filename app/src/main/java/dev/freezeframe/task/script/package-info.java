/** The tasks of {@code snapshot-instance} that run scripts in a guest: dry run, freeze and thaw. */
package dev.freezeframe.task.script;
