/**
 * The report: one page that shows the result of backups, and why. {@link
 * dev.freezeframe.operator.report.Report} is what it shows, wherever that comes from: a
 * deployment's ledger or a rehearsal. The page itself lies beside this package's classes as
 * resources, and needs nothing but the file that it is written to.
 */
package dev.freezeframe.operator.report;
