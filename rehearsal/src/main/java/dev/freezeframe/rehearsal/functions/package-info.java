/**
 * Lambda: runs real handlers, bytes in and bytes out, each in an activity of its own. Sandboxes are
 * cold at first and warm afterwards; invocations time out, die and are throttled as Lambda's are.
 * Handlers run in this JVM, so static state is shared by all sandboxes of a function.
 */
package dev.freezeframe.rehearsal.functions;
