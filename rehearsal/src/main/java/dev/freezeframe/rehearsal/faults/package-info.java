/**
 * The faults of a rehearsal: read from YAML, and asked for by every embedded service.
 *
 * <p>docs/rehearsal.md lists the faults and what each of them does.
 */
package dev.freezeframe.rehearsal.faults;
