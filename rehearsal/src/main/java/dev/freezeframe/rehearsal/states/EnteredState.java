package dev.freezeframe.rehearsal.states;

import java.time.Instant;

/**
 * A state that an execution entered.
 *
 * @param depth 0 for the execution's own states, 1 for those inside a Map or Parallel state, and so
 *     on
 */
public record EnteredState(String name, Instant at, int depth) {}
