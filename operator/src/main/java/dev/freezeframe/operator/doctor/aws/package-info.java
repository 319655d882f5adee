/**
 * Finds out in AWS what doctor decides on. It reads only; each class is named for its service. Here
 * are the clients, the account itself and how a question is asked; {@code stack} and {@code fleet}
 * ask the rest.
 */
package dev.freezeframe.operator.doctor.aws;
