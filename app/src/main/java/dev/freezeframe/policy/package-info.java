/**
 * A policy: which instances are backed up, when, how, and for how long.
 *
 * <p>A policy is a value. Its fields are the rows of PolicyFields, and its records hold them to
 * their limits, wherever they come from. It is read from YAML by PolicyReader, which names every
 * fault at once, and travels as JSON in the input of a state machine, so that the console shows
 * what was asked. Unset is never zero: what a policy leaves out is empty here.
 */
package dev.freezeframe.policy;
