package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.ec2.SnapshotView;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What people do in a simulation, each at its instant; most of it is undone later. */
final class OperatorActions {
  private final EmbeddedCloud cloud;
  private final Simulation simulation;
  private final FaultInjector injector;
  private final ManualActions trail;

  OperatorActions(
      EmbeddedCloud cloud, Simulation simulation, FaultInjector injector, ManualActions trail) {
    this.cloud = cloud;
    this.simulation = simulation;
    this.injector = injector;
    this.trail = trail;
  }

  /** Has all of them happen. */
  void schedule() {
    for (RandomFault entry : simulation.randomFaults()) {
      if (entry.kind().once()) {
        cloud.time().at(entry.from(), () -> happen(entry));
      }
    }
  }

  private void happen(RandomFault entry) {
    String instance = entry.place();
    switch (entry.kind()) {
      case ALL_ABORTED -> abortAll(entry);
      case REDRIVEN -> redriveAll(entry);
      case STOPPED -> stop(entry, instance);
      case TERMINATED -> terminate(entry, instance);
      case DETACHED -> detach(entry, instance);
      case UNTAGGED -> untag(entry, instance);
      case LIFETIME_TAGGED -> {
        cloud
            .ec2()
            .tagByHand(instance, "snaplifetime", injector.one(entry, instance, List.of("1", "4")));
        injector.met(entry.kind());
      }
      case CLOCK_SET -> {
        boolean ahead = injector.one(entry, instance, List.of(true, false));
        cloud.ssm().guest(instance).runsAhead(ahead ? entry.length() : entry.length().negated());
        injector.met(entry.kind());
      }
      case SNAPSHOT_DELETED -> touch(entry, id -> cloud.ec2().deleteByHand(id));
      case SNAPSHOT_UNTAGGED ->
          touch(
              entry,
              id -> {
                cloud.ec2().untagByHand(id, SnapshotTags.RUN);
                cloud.ec2().untagByHand(id, SnapshotTags.SET);
              });
      case OTHERS_SNAPSHOT -> snapshotByOthers(entry);
      case PINNED -> touch(entry, id -> cloud.ec2().tagByHand(id, SnapshotTags.PIN, "forever"));
      case LOCKED -> touch(entry, id -> cloud.ec2().lock(id));
      case IN_IMAGE -> touch(entry, id -> cloud.ec2().useForImage(id, "ami-" + entry.number()));
      default -> throw new IllegalStateException("nobody does " + entry.kind());
    }
  }

  private void abortAll(RandomFault entry) {
    List<String> running =
        cloud.states().executions().stream()
            .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
            .map(Execution::arn)
            .toList();
    running.forEach(cloud.states()::abort);
    if (!running.isEmpty()) {
      injector.met(entry.kind());
      cloud.time().at(entry.undoneAt(), () -> redrive(running));
    }
  }

  /** Backups first, then the runs and retentions that waited for them. */
  private void redriveAll(RandomFault entry) {
    List<String> failed =
        cloud.states().executions().stream()
            .filter(execution -> execution.status() != ExecutionStatus.RUNNING)
            .filter(execution -> execution.status() != ExecutionStatus.SUCCEEDED)
            .map(Execution::arn)
            .toList();
    if (!failed.isEmpty()) {
      injector.met(entry.kind());
      redrive(failed);
    }
  }

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

  /**
   * As many as its percentage of the quota, if there is room; they are pending until it is undone.
   */
  private void snapshotByOthers(RandomFault entry) {
    int wanted = Math.max(1, simulation.pendingLimit() * entry.percent() / 100);
    Duration pending = Duration.between(entry.from(), entry.undoneAt());
    if (cloud.ec2().snapshotByOthers(wanted, pending) > 0) {
      injector.met(entry.kind());
      trail.othersSnapshot(cloud.time().instant());
    }
  }

  private void stop(RandomFault entry, String instance) {
    if (cloud.ec2().running(instance)) {
      injector.met(entry.kind());
      trail.stopped(instance, cloud.time().instant());
      cloud.ec2().stop(instance);
      cloud.time().at(entry.undoneAt(), () -> start(instance));
    }
  }

  private void start(String instance) {
    if (cloud.ec2().exists(instance) && !cloud.ec2().running(instance)) {
      trail.started(instance, cloud.time().instant());
      cloud.ec2().start(instance);
    }
  }

  private void terminate(RandomFault entry, String instance) {
    if (cloud.ec2().exists(instance)) {
      injector.met(entry.kind());
      trail.stopped(instance, cloud.time().instant());
      cloud.ec2().terminate(instance);
    }
  }

  private void detach(RandomFault entry, String instance) {
    List<String> volumes = cloud.ec2().volumesOf(instance);
    if (volumes.size() > 1) {
      injector.met(entry.kind());
      String volume = volumes.get(volumes.size() - 1);
      trail.detached(volume, cloud.time().instant());
      cloud.ec2().detach(volume);
      cloud.time().at(entry.undoneAt(), () -> cloud.ec2().attach(volume, instance, "/dev/sdz"));
    }
  }

  private void untag(RandomFault entry, String instance) {
    String old = cloud.ec2().tagsOf(instance).get("snapshot");
    if (old != null) {
      injector.met(entry.kind());
      cloud.ec2().untagByHand(instance, "snapshot");
      cloud.time().at(entry.undoneAt(), () -> cloud.ec2().tagByHand(instance, "snapshot", old));
    }
  }

  private void touch(RandomFault entry, Consumer<String> action) {
    List<String> own =
        cloud.ec2().snapshots().stream()
            .filter(view -> view.instanceId().equals(entry.place()))
            .map(SnapshotView::snapshotId)
            .toList();
    Optional<String> chosen =
        own.isEmpty() ? Optional.empty() : Optional.of(injector.one(entry, entry.place(), own));
    chosen.ifPresent(
        id -> {
          injector.met(entry.kind());
          trail.touched(entry.place(), cloud.time().instant());
          action.accept(id);
        });
  }
}
