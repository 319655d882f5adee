/** Where the embedded cloud keeps the ledger: in a table of DynamoDB, or without one. */
package dev.freezeframe.rehearsal.ledger;
