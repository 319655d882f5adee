/**
 * What starts the functions and state machines, wherever they are deployed: schedules and their
 * inputs, rules for events, and the retries of each.
 */
package dev.freezeframe.task.trigger;
