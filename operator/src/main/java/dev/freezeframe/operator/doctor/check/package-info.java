/**
 * What doctor looks at, one class for each thing: what is to be known of it, and a decision on that
 * which asks nobody. {@link dev.freezeframe.operator.doctor.aws} finds out.
 */
package dev.freezeframe.operator.doctor.check;
