/** {@code ./rehearse}: what it is told, what it prints, how it ends. */
package dev.freezeframe.rehearsal.cli;
