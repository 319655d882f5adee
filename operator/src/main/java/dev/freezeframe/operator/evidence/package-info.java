/**
 * What the drills of a time have shown, as a document for an auditor. It is read from the ledger
 * alone, and must answer for someone who knows nothing of the project: what was tested, when, how,
 * with which result, and what is not proved.
 */
package dev.freezeframe.operator.evidence;
