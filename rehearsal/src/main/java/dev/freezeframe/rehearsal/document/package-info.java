/**
 * Reads SSM documents: which text is one, and which of its features the rehearsal simulates. What
 * it does not simulate is refused, in one sentence.
 */
package dev.freezeframe.rehearsal.document;
