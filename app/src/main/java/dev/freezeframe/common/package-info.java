/** Ids and small helpers that every package shares. It depends on none of them. */
package dev.freezeframe.common;
