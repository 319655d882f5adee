/** How long a snapshot set lives, and why. */
package dev.freezeframe.retention;
