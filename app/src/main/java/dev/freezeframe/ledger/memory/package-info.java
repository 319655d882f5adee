/** The ledger in memory: what simulations and tests use in place of the table. */
package dev.freezeframe.ledger.memory;
