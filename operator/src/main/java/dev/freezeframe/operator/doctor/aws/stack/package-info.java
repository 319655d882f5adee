/** Finds out in AWS how a stack is deployed, and how what it deployed stands. */
package dev.freezeframe.operator.doctor.aws.stack;
