/**
 * What is known of every run and every snapshot, and why it was decided so.
 *
 * <p>Every write is conditional and can be made twice; nothing scans. Nothing is forgotten with the
 * snapshot that it tells of.
 */
package dev.freezeframe.ledger;
