package dev.freezeframe.rehearsal.faults;

import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Executions that people abort and redrive. */
final class ManualAborts {
  /** Nobody aborts one execution forever. */
  private static final int MAX_REDRIVES = 3;

  private static final List<Duration> REDRIVEN_AFTER =
      Stream.of(0, 1, 5, 20, 45, 600).map(Duration::ofSeconds).toList();

  /** Below what the SDK waits. */
  private static final List<Duration> LANDS_AFTER =
      Stream.of(0, 2, 9).map(Duration::ofSeconds).toList();

  private final Injector injector;
  private EmbeddedCloud cloud;

  ManualAborts(Injector injector) {
    this.injector = injector;
  }

  /** Where they are. */
  void in(EmbeddedCloud given) {
    cloud = given;
  }

  /** The function does not know of it: its call lands a little later. */
  void duringCall(Caller caller) {
    if (cloud == null
        || caller.execution().isEmpty()
        || injector.at(InjectionPoint.CALL).isEmpty()) {
      return;
    }
    Execution execution = cloud.states().execution(caller.execution());
    if (!mayBeAborted(execution)) {
      return;
    }
    String instance = caller.instanceId();
    Optional<Fault> abort = injector.next(InjectionPoint.CALL, FaultAction.CALL_ABORT, instance);
    if (abort.isPresent()) {
      cloud.states().abort(execution.arn());
      Duration later = injector.one(abort.get(), instance, REDRIVEN_AFTER);
      cloud.time().after(later, () -> redrive(execution.arn()));
      cloud.time().pause(injector.one(abort.get(), instance, LANDS_AFTER));
    }
  }

  /** What a run waits for ends with it; so does the patience of anyone who redrives. */
  private static boolean mayBeAborted(Execution execution) {
    return execution.status() == ExecutionStatus.RUNNING
        && execution.redriveCount() < MAX_REDRIVES
        && !execution.stateMachineArn().endsWith(":run-policy");
  }

  void abortAll(Fault fault) {
    List<String> running =
        cloud.states().executions().stream()
            .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
            .map(Execution::arn)
            .toList();
    running.forEach(cloud.states()::abort);
    if (!running.isEmpty()) {
      injector.met(fault);
      cloud.time().at(fault.undoneAt(), () -> redrive(running));
    }
  }

  void redriveAll(Fault fault) {
    List<String> failed =
        cloud.states().executions().stream()
            .filter(execution -> execution.status() != ExecutionStatus.RUNNING)
            .filter(execution -> execution.status() != ExecutionStatus.SUCCEEDED)
            .map(Execution::arn)
            .toList();
    if (!failed.isEmpty()) {
      injector.met(fault);
      redrive(failed);
    }
  }

  /** Backups first, then the runs and retentions that waited for them. */
  private void redrive(List<String> executions) {
    List<String> backups = cloud.backups().stream().map(Execution::arn).toList();
    executions.stream().filter(backups::contains).forEach(this::redrive);
    executions.stream().filter(arn -> !backups.contains(arn)).forEach(this::redrive);
  }

  private void redrive(String arn) {
    ExecutionStatus status = cloud.states().execution(arn).status();
    if (status != ExecutionStatus.RUNNING && status != ExecutionStatus.SUCCEEDED) {
      cloud.states().redrive(arn);
    }
  }
}
