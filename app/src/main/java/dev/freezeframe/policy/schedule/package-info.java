/**
 * When a policy fires: cron and rate expressions as EventBridge Scheduler defines them, and the
 * times that follow from them.
 */
package dev.freezeframe.policy.schedule;
