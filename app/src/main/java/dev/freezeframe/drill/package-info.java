/**
 * Drills: sets that are restored to an instance of their own, checked there and taken away again.
 * What is drilled next, what it may cost and what it proves are pure decisions.
 */
package dev.freezeframe.drill;
