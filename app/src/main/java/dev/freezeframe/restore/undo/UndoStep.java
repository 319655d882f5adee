package dev.freezeframe.restore.undo;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.RestorePlan.Replacement;
import java.util.List;
import java.util.Map;

/** What is done next to put a target back. */
public sealed interface UndoStep {

  /** There is nothing left to do. */
  record Done(String words) implements UndoStep {}

  /** Something has to pass by itself. */
  record Wait(String words) implements UndoStep {}

  /** It cannot be put back as long as a person does not see to it. */
  record Stuck(String words) implements UndoStep {}

  /** It can never be put back: a volume that it had is gone. */
  record Lost(String words) implements UndoStep {}

  /** The instance is stopped. */
  record Stop() implements UndoStep {}

  /** Volumes of the restore are detached. */
  record Detach(List<VolumeId> volumes) implements UndoStep {}

  /** Volumes that it had before are attached. */
  record Attach(List<Replacement> volumes) implements UndoStep {}

  /** Whether volumes go with the instance is set as it was, by device. */
  record SetFlags(Map<String, Boolean> flags) implements UndoStep {}

  /** The instance is started. */
  record Start() implements UndoStep {}
}
