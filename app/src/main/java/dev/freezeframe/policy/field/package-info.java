/** Reads single values of a policy file, and collects everything that is wrong with them. */
package dev.freezeframe.policy.field;
