/** Reads a policy file section by section, and checks the limits of every field. */
package dev.freezeframe.policy.reader;
