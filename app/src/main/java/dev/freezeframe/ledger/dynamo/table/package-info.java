/**
 * The ledger's table: its keys and indexes, the calls that are made to it, and what they carry.
 * Only the interfaces of {@code ledger.dynamo} call it.
 */
package dev.freezeframe.ledger.dynamo.table;
