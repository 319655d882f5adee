package dev.freezeframe.retention.rule;

/** Something outside the policy that keeps a set; it has to be asked about in every run. */
public record Hold(String reason) {}
