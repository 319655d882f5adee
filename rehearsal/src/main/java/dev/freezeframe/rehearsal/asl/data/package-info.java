/**
 * What states read and write: paths into JSON, templates with intrinsic functions, conditions, and
 * errors by their names.
 */
package dev.freezeframe.rehearsal.asl.data;
