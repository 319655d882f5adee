package dev.freezeframe.rehearsal.run;

import java.util.List;

/** The states of {@code snapshot-instance} by the ways that lead past them, in their order. */
final class BackupStates {
  private BackupStates() {}

  /** All goes well. */
  static final List<String> WELL =
      List.of(
          "First attempt",
          "Inspect instance",
          "Choose action",
          "Dry run",
          "Take slots",
          "Slots taken?",
          "Warm up functions",
          "Run pre-script",
          "Create snapshots",
          "Has post-script?",
          "Run post-script",
          "Set taken?",
          "Record snapshots",
          "Wait for completion",
          "Check snapshots",
          "All snapshots done?",
          "Record outcome",
          "Announce outcome",
          "Choose ending");

  /** A pre-script fails again and again, from its failure to the set that is taken without it. */
  static final List<String> AFTER_A_FAILURE =
      List.of(
          "Needs thaw?",
          "Thaw",
          "Frozen by another run?",
          "Count failure",
          "Try again?",
          "Wait before next attempt",
          "Fall back?",
          "Continue without scripts");
}
