/** What the ledger keeps of runs: their pages and summaries, freezes, and outcomes of backups. */
package dev.freezeframe.ledger.run;
