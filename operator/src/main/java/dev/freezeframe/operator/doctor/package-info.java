/**
 * The command {@code ./freezeframe doctor}: whether an account is fit for a deployment, and whether
 * a deployment is as it should be. It changes nothing. Who adds a check writes a class in {@link
 * dev.freezeframe.operator.doctor.check} and asks for its facts in {@code Doctor}.
 */
package dev.freezeframe.operator.doctor;
