/**
 * The tasks that EventBridge invokes: snapshot events, and executions that were aborted or failed.
 */
package dev.freezeframe.task.event;
