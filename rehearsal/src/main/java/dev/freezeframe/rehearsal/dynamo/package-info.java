/** DynamoDB, behind the door of the embedded cloud. */
package dev.freezeframe.rehearsal.dynamo;
