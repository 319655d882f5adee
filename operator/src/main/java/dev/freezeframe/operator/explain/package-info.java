/**
 * Why a snapshot is still there and until when, or why and when it went. The answers are those of
 * {@link dev.freezeframe.retention.Explanation}; here is how they are asked for. A rehearsal's
 * result is explained by the same code as a deployment's table.
 */
package dev.freezeframe.operator.explain;
