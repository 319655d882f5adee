/** What is known of a run in the table: one partition, with its pages, freezes, stops, outcomes. */
package dev.freezeframe.ledger.dynamo.run;
