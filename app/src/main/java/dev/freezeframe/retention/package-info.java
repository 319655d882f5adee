/**
 * How long a snapshot set lives, and why.
 *
 * <p>{@link dev.freezeframe.retention.rule.Decisions} is a pure function of the sets of one group
 * (a policy and an instance) and the time; its rules are rows of a table, and every decision names
 * those that made it. What is unknown, pending, pinned, locked or in use is never deleted.
 */
package dev.freezeframe.retention;
