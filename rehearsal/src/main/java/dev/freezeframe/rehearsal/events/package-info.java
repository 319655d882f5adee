/**
 * EventBridge: the default bus with its rules, and the Scheduler. Deliveries take a moment and can
 * be lost, doubled or late, because EventBridge promises no more than that.
 */
package dev.freezeframe.rehearsal.events;
