package dev.freezeframe.infra.function;

import dev.freezeframe.drill.DrillHost;
import dev.freezeframe.infra.LedgerTableConstruct;
import dev.freezeframe.infra.iam.TaskPermissions;
import dev.freezeframe.task.Environment;
import dev.freezeframe.task.Task;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** A function for each task that the code has. */
public final class TaskFunctions extends Construct {
  private final SortedMap<String, TaskFunction> functions = new TreeMap<>();

  public TaskFunctions(
      Construct scope,
      String id,
      Path jar,
      LedgerTableConstruct ledger,
      int pendingSnapshots,
      DrillHost drillHost,
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
              new Environment(
                      ledger.table().getTableName(), pendingSnapshots, Optional.of(drillHost))
                  .variables(),
              logRetention,
              permissions.of(task)));
    }
  }

  public TaskFunction get(String task) {
    TaskFunction function = functions.get(task);
    if (function == null) {
      throw new IllegalArgumentException(
          "task %s: expected one of %s".formatted(task, functions.keySet()));
    }
    return function;
  }

  public Collection<TaskFunction> all() {
    return functions.values();
  }

  public Set<String> names() {
    return functions.keySet();
  }
}
