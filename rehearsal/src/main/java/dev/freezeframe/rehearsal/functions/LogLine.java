package dev.freezeframe.rehearsal.functions;

import java.time.Instant;

/** A line that a function logged through its context. */
public record LogLine(Instant at, String function, String requestId, String message) {}
