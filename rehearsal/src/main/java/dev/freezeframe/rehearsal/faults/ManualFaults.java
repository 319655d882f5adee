package dev.freezeframe.rehearsal.faults;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.restore.RestoreOrder;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.rehearsal.run.RestoreRehearsal;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.retention.RetainedSet;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.kms.model.KeyState;

/** What people do by hand, each at its instant; most of it is undone later. */
final class ManualFaults {
  static final String TAG = "snapshot";
  private static final Duration TRIED_AGAIN = Duration.ofMinutes(1);
  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(1);
  private static final Duration WATCHED_FOR = Duration.ofHours(1);
  private static final Duration WATCHED_EVERY = Duration.ofSeconds(10);

  private final Injector injector;
  private final ManualAborts aborts;
  private final ManualActionListener listener;
  private EmbeddedCloud cloud;

  ManualFaults(Injector injector, ManualAborts aborts, ManualActionListener listener) {
    this.injector = injector;
    this.aborts = aborts;
    this.listener = listener;
  }

  /** Has all of them happen. */
  void schedule(EmbeddedCloud given) {
    cloud = given;
    for (Fault fault : injector.at(InjectionPoint.BY_HAND)) {
      cloud.time().at(fault.occasions().span().from(), () -> happen(fault));
    }
  }

  private void happen(Fault fault) {
    switch (fault.action()) {
      case ABORT_ALL -> aborts.abortAll(fault);
      case REDRIVE_ALL -> aborts.redriveAll(fault);
      case OTHER_SNAPSHOTS -> snapshotByOthers(fault);
      default -> {
        List<String> all = List.copyOf(cloud.ssm().guests().keySet());
        fault
            .occasions()
            .instance()
            .map(List::of)
            .orElse(all)
            .forEach(instance -> happen(fault, instance));
      }
    }
  }

  private void happen(Fault fault, String instance) {
    switch (fault.action()) {
      case STOP -> stop(fault, instance);
      case START -> startOnceStopped(fault, instance);
      case TERMINATE -> terminate(fault, instance);
      case DETACH -> detach(fault, instance);
      case UNTAG -> untag(fault, instance);
      case LIFETIME -> {
        String days = String.valueOf(fault.argument().number());
        cloud.ec2().tagByHand(instance, "snaplifetime", days);
        injector.met(fault);
      }
      case KEYS_DISABLED -> disableKeys(fault, instance);
      case CLOCK_AHEAD -> setClock(fault, instance, fault.argument().length());
      case CLOCK_BACK -> setClock(fault, instance, fault.argument().length().negated());
      case RESTORE_VOLUMES -> restore(fault, instance, Destination.VOLUMES);
      case RESTORE_INSTANCE -> restore(fault, instance, Destination.INSTANCE);
      case RESTORE_NEW -> restore(fault, instance, Destination.NEW);
      case RESTORE_IN_PLACE -> restore(fault, instance, Destination.IN_PLACE);
      case RESTORE_ROOT -> restore(fault, instance, Destination.ROOT);
      default -> touch(fault, instance);
    }
  }

  private void restore(Fault fault, String instance, Destination to) {
    injector.met(fault);
    RestoreRehearsal restores = new RestoreRehearsal(cloud);
    restores.begin(
        RestoreOrder.byHand(to, new InstanceId(instance)),
        sets -> {
          List<RetainedSet> completed = sets.stream().filter(restores::isCompleted).toList();
          return completed.isEmpty() ? sets.get(0) : injector.one(fault, instance, completed);
        });
  }

  /**
   * As many as its percentage of the quota, if there is room; they are pending until it is undone.
   */
  private void snapshotByOthers(Fault fault) {
    int percent = fault.occasions().percent().orElse(100);
    int wanted = Math.max(1, cloud.pendingSnapshots() * percent / 100);
    Duration pending = Duration.between(fault.occasions().span().from(), fault.undoneAt());
    if (cloud.ec2().snapshotByOthers(wanted, pending) > 0) {
      injector.met(fault);
      listener.othersSnapshot(now());
    }
  }

  private void stop(Fault fault, String instance) {
    if (cloud.ec2().running(instance)) {
      injector.met(fault);
      cloud.ec2().stop(instance);
      Instant undone = fault.undoneAt();
      cloud.time().at(undone, () -> start(instance, undone.plus(GIVEN_UP_AFTER)));
    }
  }

  /** One that is still stopping, or that EC2 has no room for, is tried again, for a day. */
  private void start(String instance, Instant givenUpAt) {
    if (cloud.ec2().exists(instance)
        && !cloud.ec2().running(instance)
        && !cloud.ec2().start(instance)
        && now().isBefore(givenUpAt)) {
      cloud.time().after(TRIED_AGAIN, () -> start(instance, givenUpAt));
    }
  }

  /** As soon as it is stopped, if that is within the hour. */
  private void startOnceStopped(Fault fault, String instance) {
    if (!cloud.ec2().exists(instance)) {
      return;
    }
    if (cloud.ec2().start(instance)) {
      injector.met(fault);
    } else if (now().isBefore(fault.occasions().span().from().plus(WATCHED_FOR))) {
      cloud.time().after(WATCHED_EVERY, () -> startOnceStopped(fault, instance));
    }
  }

  private void terminate(Fault fault, String instance) {
    if (cloud.ec2().exists(instance)) {
      injector.met(fault);
      cloud.ec2().terminate(instance);
    }
  }

  private void detach(Fault fault, String instance) {
    List<String> volumes = cloud.ec2().volumesOf(instance);
    if (volumes.size() > 1) {
      injector.met(fault);
      String volume = volumes.get(volumes.size() - 1);
      listener.detached(volume, now());
      cloud.ec2().detach(volume);
      cloud.time().at(fault.undoneAt(), () -> attach(volume, instance));
    }
  }

  private void attach(String volume, String instance) {
    cloud.ec2().attach(volume, instance);
    listener.attached(instance, now());
  }

  private void untag(Fault fault, String instance) {
    String old = cloud.ec2().tagsOf(instance).get(TAG);
    if (old != null) {
      injector.met(fault);
      cloud.ec2().untagByHand(instance, TAG);
      cloud.time().at(fault.undoneAt(), () -> cloud.ec2().tagByHand(instance, TAG, old));
    }
  }

  private void disableKeys(Fault fault, String instance) {
    List<String> keys =
        cloud.ec2().keysOf(instance).stream()
            .filter(key -> cloud.kms().state(key).equals(Optional.of(KeyState.ENABLED)))
            .toList();
    if (!keys.isEmpty()) {
      injector.met(fault);
      keys.forEach(key -> cloud.kms().put(key, KeyState.DISABLED));
      cloud
          .time()
          .at(fault.undoneAt(), () -> keys.forEach(key -> cloud.kms().put(key, KeyState.ENABLED)));
    }
  }

  private void setClock(Fault fault, String instance, Duration ahead) {
    cloud.ssm().guest(instance).runsAhead(ahead);
    injector.met(fault);
  }

  private void touch(Fault fault, String instance) {
    BiConsumer<EmbeddedCloud, String> action = action(fault);
    List<String> own =
        cloud.ec2().snapshots().stream()
            .filter(view -> view.instanceId().equals(instance))
            .map(SnapshotView::snapshotId)
            .toList();
    Optional<String> chosen =
        own.isEmpty() ? Optional.empty() : Optional.of(injector.one(fault, instance, own));
    chosen.ifPresent(
        id -> {
          injector.met(fault);
          listener.touched(instance, now());
          action.accept(cloud, id);
        });
  }

  private static BiConsumer<EmbeddedCloud, String> action(Fault fault) {
    return switch (fault.action()) {
      case DELETE_SNAPSHOT -> (cloud, id) -> cloud.ec2().deleteByHand(id);
      case UNTAG_SNAPSHOT ->
          (cloud, id) -> {
            cloud.ec2().untagByHand(id, SnapshotTags.RUN);
            cloud.ec2().untagByHand(id, SnapshotTags.SET);
          };
      case PIN_SNAPSHOT -> (cloud, id) -> cloud.ec2().tagByHand(id, SnapshotTags.PIN, "forever");
      case LOCK_SNAPSHOT -> (cloud, id) -> cloud.ec2().lock(id);
      case IMAGE_SNAPSHOT -> (cloud, id) -> cloud.ec2().useForImage(id, "ami-" + fault.number());
      default -> throw new IllegalStateException("nobody does " + fault.does());
    };
  }

  private Instant now() {
    return cloud.time().instant();
  }
}
