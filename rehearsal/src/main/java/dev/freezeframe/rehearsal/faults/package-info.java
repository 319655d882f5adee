/**
 * What is to go wrong in a rehearsal: read from YAML, and asked by every embedded service.
 *
 * <p>docs/faults.md lists the faults and what each of them does.
 */
package dev.freezeframe.rehearsal.faults;
