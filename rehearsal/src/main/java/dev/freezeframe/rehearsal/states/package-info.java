/**
 * Step Functions: runs the state machine files that are deployed, in virtual time. What a state
 * does is decided by an interpreter of the Amazon States Language that exists as an npm package and
 * runs on GraalJS; executions, their names, tasks, aborts and redrives are decided here. Payloads
 * and histories are held to Step Functions' limits.
 */
package dev.freezeframe.rehearsal.states;
