/** The instances and volumes of a rehearsal, read from what {@code aws ec2 describe-...} prints. */
package dev.freezeframe.rehearsal.fleet;
