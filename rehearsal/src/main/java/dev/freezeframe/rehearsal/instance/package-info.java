/**
 * What is known of an instance besides its description: how it is stopped, by whom, for how long.
 */
package dev.freezeframe.rehearsal.instance;
