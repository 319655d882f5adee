/**
 * The edge: the Lambda functions, their JSON, their environment and their clients.
 *
 * <p>A task is short: it parses, makes one decision by code of the other packages, and returns a
 * record. Only tasks know the Lambda interfaces.
 */
package dev.freezeframe.task;
