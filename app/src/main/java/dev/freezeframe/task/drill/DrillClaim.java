package dev.freezeframe.task.drill;

/**
 * What became of the claim of a drill, as the state machine keeps it.
 *
 * @param refused whether it has ended with it
 * @param launches whether it needs an instance
 */
public record DrillClaim(boolean refused, boolean launches, String words) {}
