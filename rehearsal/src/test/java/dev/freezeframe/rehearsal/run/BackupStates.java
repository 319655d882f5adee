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
          "What is to be done?",
          "Dry run",
          "Take slots",
          "Slots taken?",
          "Wake the freeze",
          "Run pre-script",
          "Create snapshots",
          "Post-script wanted?",
          "Run post-script",
          "Set taken?",
          "Record snapshots",
          "Wait for completion",
          "Check snapshots",
          "All settled?",
          "Record outcome",
          "Announce outcome",
          "How did it end?");

  /** A pre-script fails again and again, from its failure to the set that is taken without it. */
  static final List<String> AFTER_A_FAILURE =
      List.of(
          "Thaw wanted?",
          "Thaw",
          "Held by another?",
          "Count the failure",
          "Try again?",
          "Wait before the next attempt",
          "Fall back?",
          "Go on without scripts");
}
