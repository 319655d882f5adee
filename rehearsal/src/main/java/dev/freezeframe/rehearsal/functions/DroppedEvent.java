package dev.freezeframe.rehearsal.functions;

import java.time.Instant;

/** An asynchronous invocation that Lambda gave up: what a dead-letter queue would hold. */
public record DroppedEvent(Instant at, String function, String payload, Answer last) {}
