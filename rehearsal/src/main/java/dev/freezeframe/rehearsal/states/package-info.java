/**
 * Step Functions: runs the state machine files that are deployed, in virtual time. What a state
 * does is decided in {@code rehearsal.asl}; executions, their names, tasks, aborts and redrives are
 * decided here. Payloads and histories are held to Step Functions' limits.
 */
package dev.freezeframe.rehearsal.states;
