/**
 * Freeze, thaw, and what they prove: documents, the commands that run them, and the verdict.
 *
 * <p>A document keeps DLM's contract; a command has one typed outcome; the verdict is a pure
 * function of what is known and says why.
 */
package dev.freezeframe.consistency;
