/** Where the embedded cloud keeps the ledger: in DynamoDB Local, or in memory. */
package dev.freezeframe.rehearsal.ledger;
