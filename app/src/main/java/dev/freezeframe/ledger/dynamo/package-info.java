/** The ledger in one DynamoDB table: keys, items and conditional writes. */
package dev.freezeframe.ledger.dynamo;
