package dev.freezeframe.rehearsal.ssm;

/** What a script left behind. */
record ScriptOutcome(int exitCode, String stdout, String stderr) {}
