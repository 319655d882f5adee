/** Schedules of policies, expiry and recovery points. */
package dev.freezeframe.infra.schedule;
