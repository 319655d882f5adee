/**
 * The retention rules: pure functions of the sets of one group and the time. Each decision names
 * the rules that made it.
 */
package dev.freezeframe.retention.rule;
