/** Runs scripts through AWS Systems Manager Run Command. */
package dev.freezeframe.consistency.ssm;
