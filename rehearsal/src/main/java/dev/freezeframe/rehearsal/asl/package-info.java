/**
 * The Amazon States Language, as far as the project's state machines use it, on virtual time. What
 * a file uses and this package does not know is refused when the file is read, never ignored.
 *
 * <p>Rules cite the specification (states-language.net, "ASL") or the Step Functions Developer
 * Guide ("SFDG").
 */
package dev.freezeframe.rehearsal.asl;
