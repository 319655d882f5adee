package dev.freezeframe.task;

/**
 * The result of a task, as the state machines keep it.
 *
 * @param redrives how often the execution had been redriven by then; 0 where the machine does not
 *     say
 */
public record TaskResult<T>(T answer, int redrives) {}
