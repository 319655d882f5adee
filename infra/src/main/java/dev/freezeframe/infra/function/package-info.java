/** Lambda functions, and the queue of events that they failed on. */
package dev.freezeframe.infra.function;
