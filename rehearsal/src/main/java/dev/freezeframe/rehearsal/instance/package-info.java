/**
 * What is known of an instance besides its description: how it is stopped, by whom, for how long;
 * when its guest stood still; and what goes wrong with instance, agent and scripts.
 */
package dev.freezeframe.rehearsal.instance;
