/** Finds out in AWS what doctor decides on of instances, their volumes, keys and documents. */
package dev.freezeframe.operator.doctor.aws.fleet;
