/**
 * The records of every run and every snapshot, with the reason of each decision.
 *
 * <p>Every write is conditional and can be made twice; nothing scans. Nothing is forgotten with the
 * snapshot that it tells of.
 */
package dev.freezeframe.ledger;
