/**
 * Turns a policy of Data Lifecycle Manager (DLM) into policies of ours, one for each of its
 * schedules. What has no counterpart, or means something else here, becomes a note at the head of
 * the file. Nothing of AWS is called: what the AWS CLI printed is read from a file.
 */
package dev.freezeframe.operator.dlm;
