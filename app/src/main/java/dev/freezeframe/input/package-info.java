/** Files that people hand in: read as text, whatever program wrote them. */
package dev.freezeframe.input;
