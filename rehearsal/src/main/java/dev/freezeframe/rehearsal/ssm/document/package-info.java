/**
 * The documents of an account: their versions, parameters and steps, how each acts on a guest, and
 * the exceptions by which Systems Manager refuses what is asked of them.
 */
package dev.freezeframe.rehearsal.ssm.document;
