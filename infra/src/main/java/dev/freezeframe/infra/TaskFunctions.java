package dev.freezeframe.infra;

import dev.freezeframe.lambda.Environment;
import dev.freezeframe.lambda.Task;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** A function for each task that the code has. */
final class TaskFunctions extends Construct {
  private final SortedMap<String, TaskFunction> functions = new TreeMap<>();

  TaskFunctions(
      Construct scope,
      String id,
      Path jar,
      LedgerStorage ledger,
      int pendingSnapshots,
      RetentionDays logRetention,
      TaskPermissions permissions) {
    super(scope, id);
    for (Task task : Task.values()) {
      functions.put(
          task.toString(),
          new TaskFunction(
              this,
              task,
              jar,
              new Environment(ledger.table().getTableName(), pendingSnapshots).variables(),
              logRetention,
              permissions.of(task)));
    }
  }

  TaskFunction get(String task) {
    TaskFunction function = functions.get(task);
    if (function == null) {
      throw new IllegalArgumentException(
          "task %s: expected one of %s".formatted(task, functions.keySet()));
    }
    return function;
  }

  Collection<TaskFunction> all() {
    return functions.values();
  }

  Set<String> names() {
    return functions.keySet();
  }
}
