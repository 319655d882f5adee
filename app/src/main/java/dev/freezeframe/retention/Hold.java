package dev.freezeframe.retention;

/** Something outside the policy that keeps a set; it has to be asked about in every run. */
public record Hold(String reason) {}
