/**
 * The metrics that the system publishes, by policy.
 *
 * <p>A measurement is one line of JSON in CloudWatch's embedded metric format, so that it costs no
 * call: it is part of the log, from which CloudWatch takes it.
 */
package dev.freezeframe.metric;
