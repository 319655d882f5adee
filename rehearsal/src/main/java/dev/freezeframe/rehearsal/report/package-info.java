/**
 * What the report shows of a rehearsal. It is the report of {@link
 * dev.freezeframe.operator.report}, filled with what the ledger holds and with what only the
 * embedded cloud saw: how long a guest truly stood still, the states with their times, every call.
 */
package dev.freezeframe.rehearsal.report;
