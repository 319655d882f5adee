/**
 * Reads what people hand in: files as text, trees of YAML and JSON with positions, and the fields
 * in them, each with one rule; collects everything that is wrong.
 */
package dev.freezeframe.input;
