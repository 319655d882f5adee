/** Alarms, their topic, and the dashboard. */
package dev.freezeframe.infra.alarm;
