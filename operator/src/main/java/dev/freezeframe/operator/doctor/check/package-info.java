/**
 * What doctor looks at, one class for each thing: what is to be known of it, and a decision on that
 * which asks nobody. {@link dev.freezeframe.operator.doctor.aws} finds out. Here are findings and
 * what is checked of the account; {@code stack} and {@code fleet} have the rest.
 */
package dev.freezeframe.operator.doctor.check;
