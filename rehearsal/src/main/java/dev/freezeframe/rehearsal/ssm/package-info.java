/**
 * Systems Manager's Run Command, and the guests on which it runs scripts.
 *
 * <p>A guest knows whether it is frozen, since when and by whom; its truth is what a rehearsal is
 * measured against.
 */
package dev.freezeframe.rehearsal.ssm;
