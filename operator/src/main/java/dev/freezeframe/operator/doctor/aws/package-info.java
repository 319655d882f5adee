/** Finds out in AWS what doctor decides on. It reads only; each class is named for its service. */
package dev.freezeframe.operator.doctor.aws;
