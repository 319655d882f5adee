/** What every embedded service shares: who calls, what it costs, what goes wrong. */
package dev.freezeframe.rehearsal.cloud;
