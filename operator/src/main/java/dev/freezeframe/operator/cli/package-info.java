/**
 * The command {@code ./freezeframe}, for operators. Each subcommand is a class of its own beside
 * the concept that it shows. What every command of the project has in common is here too.
 */
package dev.freezeframe.operator.cli;
