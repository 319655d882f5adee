package dev.freezeframe.task.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.task.Inputs;
import dev.freezeframe.task.NoAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Inputs of the tasks of a backup as Step Functions sends them, all well but for a change. */
final class BackupInputs {
  private BackupInputs() {}

  static BackupInput with(Consumer<ObjectNode> change) {
    ObjectNode input = Inputs.all().get("RecordOutcome").deepCopy();
    ObjectNode work = (ObjectNode) input.get("work");
    work.remove("createProblem");
    work.remove("completion");
    change.accept(work);
    try {
      return new CheckSnapshotsTask(new NoAws())
          .read(input.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static ObjectNode at(ObjectNode work, String pointer) {
    return (ObjectNode) work.at(pointer);
  }

  /** An error as a Catch puts it in. */
  static void caught(ObjectNode work, String field, String cause) {
    work.putObject(field).put("Error", "SomeException").put("Cause", cause);
  }
}
