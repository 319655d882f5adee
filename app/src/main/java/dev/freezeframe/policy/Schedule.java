package dev.freezeframe.policy;

import java.time.Duration;
import java.time.ZoneId;

/**
 * When a policy runs.
 *
 * @param expression what EventBridge Scheduler takes: {@code cron(0 2 * * ? *)} or {@code rate(1
 *     day)}
 * @param timeZone in which a cron expression is meant
 * @param flexibleWindow how much later than its time a run may start; zero: on time
 */
public record Schedule(String expression, ZoneId timeZone, Duration flexibleWindow) {}
