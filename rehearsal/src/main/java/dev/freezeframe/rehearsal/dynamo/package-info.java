/** DynamoDB: the real local one, behind the door of the embedded cloud. */
package dev.freezeframe.rehearsal.dynamo;
