/** The ledger in one DynamoDB table: an interface for each kind of rows, and their items. */
package dev.freezeframe.ledger.dynamo;
