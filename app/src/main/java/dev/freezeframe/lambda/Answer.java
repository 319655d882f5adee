package dev.freezeframe.lambda;

/**
 * What a task returned, as the state machines keep it.
 *
 * @param redrives how often the execution had been redriven by then; 0 where the machine does not
 *     say
 */
record Answer<T>(T answer, int redrives) {}
