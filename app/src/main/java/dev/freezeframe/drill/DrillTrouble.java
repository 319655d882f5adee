package dev.freezeframe.drill;

/**
 * Why a drill did not get to its validation.
 *
 * @param ofSet whether a restore of the set would fail as well, as with a key that is disabled;
 *     else it says nothing of the set
 */
public record DrillTrouble(boolean ofSet, String words) {}
