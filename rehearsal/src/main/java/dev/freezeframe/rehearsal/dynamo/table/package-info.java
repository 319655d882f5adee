/** Tables of DynamoDB in memory: items, indexes, and the expressions that the ledger uses. */
package dev.freezeframe.rehearsal.dynamo.table;
