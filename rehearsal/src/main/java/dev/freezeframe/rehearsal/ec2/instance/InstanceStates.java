package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.EventSink;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.volume.KeyChecks;
import dev.freezeframe.rehearsal.instance.Downtime;
import dev.freezeframe.rehearsal.instance.InstanceEvent;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * The states of instances: what calls and people set in motion, and how long it takes.
 *
 * <p>AWS documents the order of the states and no duration; those here are assumed.
 */
public final class InstanceStates {
  /** An operating system that shuts down: seconds for a bare one, minutes with applications. */
  private static final Duration MIN_STOP = Duration.ofSeconds(15);

  private static final Duration MAX_STOP = Duration.ofSeconds(90);
  private static final Duration MIN_START = Duration.ofSeconds(5);
  private static final Duration MAX_START = Duration.ofSeconds(30);

  /** After a stop with Force, at the latest: the time after which the EC2 guide has one ask AWS. */
  private static final Duration FORCED = Duration.ofMinutes(10);

  /** A group of Auto Scaling finds a member that does not run unhealthy, and terminates it. */
  private static final Duration REPLACED_AFTER = Duration.ofMinutes(1);

  private static final String GROUP_TAG = "aws:autoscaling:groupName";
  private static final Duration TERMINATED_IS_DESCRIBED = Duration.ofHours(1);

  private final VirtualTime time;
  private final Seed seed;
  private final Ec2Settings settings;
  private final Inventory inventory;
  private final KeyChecks keys;
  private final InstanceFault faults;
  private final EventSink sink;
  private final Map<String, VirtualTime.Timer> underWay = new HashMap<>();
  private final Map<String, Instant> stopsAt = new HashMap<>();

  /** The instances that are lent a public address whenever they run. */
  private final Set<String> addressed = new HashSet<>();

  private final DowntimeLog downtimes = new DowntimeLog();
  private final List<Consumer<String>> whenGone = new ArrayList<>();
  private final List<Consumer<String>> whenRunning = new ArrayList<>();
  private int events;
  private int moves;

  public InstanceStates(
      VirtualTime time,
      Seed seed,
      Ec2Settings settings,
      Inventory inventory,
      KeyChecks keys,
      InstanceFault faults,
      EventSink sink) {
    this.time = time;
    this.seed = seed;
    this.settings = settings;
    this.inventory = inventory;
    this.keys = keys;
    this.faults = faults;
    this.sink = sink;
    inventory.instances().forEach(this::goesOn);
  }

  /** An instance that is on its way when the clock begins arrives like any other. */
  private void goesOn(Instance instance) {
    String id = instance.instanceId();
    Instant now = time.instant();
    Downtime down = Downtime.begun(Optional.empty(), now);
    switch (Inventory.state(instance)) {
      case STOPPED -> downtimes.add(id, down.stoppedAt(now));
      case STOPPING -> {
        downtimes.add(id, down);
        arrive(id, now.plus(takes(id)), () -> stopped(id));
      }
      case PENDING -> {
        downtimes.add(id, down.stoppedAt(now).startedAt(Optional.empty(), now));
        arrive(id, now.plus(takes(id)), () -> runs(id));
      }
      default -> {
        // it runs, or is gone
      }
    }
  }

  private Duration takes(String id) {
    return seed.between("arrival of " + id, MIN_START, MAX_STOP);
  }

  /** Tells when an instance is stopped or terminated. */
  public void whenGone(Consumer<String> listener) {
    whenGone.add(listener);
  }

  /** Tells when an instance runs again. */
  public void whenRunning(Consumer<String> listener) {
    whenRunning.add(listener);
  }

  /** Every time that an instance did not run, in order; the last may not have ended. */
  public List<Downtime> downtimes(String id) {
    return downtimes.of(id);
  }

  /** The instances that did not run at some time, with all such times. */
  public SortedMap<String, List<Downtime>> downtimes() {
    return downtimes.all();
  }

  /**
   * Stops an instance that may be stopped; one that is on its way may be forced, and else nothing
   * changes.
   *
   * @param by the function that asks; empty: someone does so by hand
   */
  public void stop(String id, boolean force, Optional<Caller> by) {
    if (Inventory.state(inventory.instance(id)) == InstanceStateName.RUNNING) {
      Instant now = time.instant();
      downtimes.add(id, Downtime.begun(by, now));
      become(id, InstanceStateName.STOPPING, found -> InstanceDetails.stopping(found, now));
      Duration takes =
          seed.between("stop of %s/%d".formatted(id, moves++), MIN_STOP, MAX_STOP)
              .plus(faults.slowsStop(id));
      arrive(id, now.plus(takes), () -> stopped(id));
      stopsAt.put(id, now.plus(takes));
    }
    if (force && Inventory.state(inventory.instance(id)) == InstanceStateName.STOPPING) {
      Instant latest = time.instant().plus(FORCED);
      if (latest.isBefore(stopsAt.getOrDefault(id, Instant.MIN))) {
        stopsAt.put(id, latest);
        arrive(id, latest, () -> stopped(id));
      }
    }
  }

  private void stopped(String id) {
    downtimes.change(id, down -> down.stoppedAt(time.instant()));
    boolean lent = InstanceDetails.hasLentAddress(inventory.instance(id));
    if (lent) {
      addressed.add(id);
    }
    become(
        id,
        InstanceStateName.STOPPED,
        found -> lent ? InstanceDetails.withoutAddress(found) : found);
    whenGone.forEach(listener -> listener.accept(id));
    if (inventory.tags(id).containsKey(GROUP_TAG)) {
      time.after(REPLACED_AFTER, () -> replace(id));
    }
  }

  private void replace(String id) {
    if (inventory.exists(id) && !inventory.running(id)) {
      terminate(id);
    }
  }

  /** The result of a start of an instance that is stopped; asked once for each start. */
  public InstanceFault.Start comesOfStart(String id) {
    return faults.start(id);
  }

  /**
   * Starts an instance that is stopped.
   *
   * @param comesOfIt not {@code REFUSED}
   * @param by the function that asks; empty: someone does so by hand
   */
  public void start(String id, InstanceFault.Start comesOfIt, Optional<Caller> by) {
    Instant now = time.instant();
    downtimes.change(id, down -> down.startedAt(by, now));
    become(id, InstanceStateName.PENDING, found -> InstanceDetails.starting(found, now));
    Duration takes = seed.between("start of %s/%d".formatted(id, moves++), MIN_START, MAX_START);
    if (comesOfIt == InstanceFault.Start.FAILS) {
      arrive(id, now.plus(takes), () -> failed(id));
    } else {
      arrive(id, now.plus(takes), () -> runs(id));
    }
  }

  private void failed(String id) {
    comesToNothing(id, InstanceDetails::lackingCapacity);
  }

  private void comesToNothing(String id, UnaryOperator<Instance> reason) {
    downtimes.change(id, down -> down.stoppedAt(time.instant()));
    become(id, InstanceStateName.STOPPED, reason);
  }

  private boolean lacksKey(String id) {
    return inventory.attachedTo(List.of(id)).stream()
        .anyMatch(volume -> keys.trouble(volume).isPresent());
  }

  private void runs(String id) {
    if (lacksKey(id)) {
      comesToNothing(id, InstanceDetails::lackingKey);
      return;
    }
    downtimes.change(id, down -> down.endedAt(time.instant()));
    String address = "198.51.100." + (1 + seed.random("address/" + id + "/" + moves).nextInt(254));
    boolean lends = addressed.remove(id);
    become(
        id,
        InstanceStateName.RUNNING,
        found -> lends ? InstanceDetails.withAddress(found, address) : found);
    whenRunning.forEach(listener -> listener.accept(id));
  }

  /**
   * An instance that is launched becomes {@code running}, or {@code terminated} with the reason.
   *
   * @param arrived what happens when it runs, just before everybody is told
   */
  void launch(String id, boolean lacksCapacity, boolean lacksKey, Runnable arrived) {
    publish(id, InstanceStateName.PENDING);
    Duration takes = seed.between("launch of " + id, MIN_START, MAX_START);
    arrive(
        id,
        time.instant().plus(takes),
        () -> {
          if (lacksKey || lacksKey(id)) {
            vanish(id, lacksKey);
            ends(id, InstanceDetails::lackingKey);
          } else if (lacksCapacity) {
            ends(id, InstanceDetails::lackingCapacity);
          } else {
            arrived.run();
            become(id, InstanceStateName.RUNNING, found -> found);
            whenRunning.forEach(listener -> listener.accept(id));
          }
        });
  }

  /** The volumes whose key could not be used were never made. */
  private void vanish(String id, boolean allEncrypted) {
    for (Volume volume : inventory.attachedTo(List.of(id))) {
      if (keys.trouble(volume).isPresent()
          || (allEncrypted && Boolean.TRUE.equals(volume.encrypted()))) {
        inventory.removeVolume(volume.volumeId());
      }
    }
  }

  /** Someone terminates an instance; it is described for an hour more. */
  public void terminate(String id) {
    goesDown(id);
    publish(id, InstanceStateName.SHUTTING_DOWN);
    ends(id, found -> found);
  }

  /**
   * A call terminates an instance, which takes a while; nothing if that is under way or done.
   *
   * @param gone is told of each volume that goes with it
   */
  void shutDown(String id, Consumer<String> gone) {
    shutDown(id, gone, InstanceDetails::stopping);
  }

  /**
   * The operating system shuts down by itself, and EC2 does what the attribute {@code
   * instanceInitiatedShutdownBehavior} says (EC2 user guide, "Change instance initiated shutdown
   * behavior").
   *
   * @param gone is told of each volume that goes with it
   */
  void shutDownFromWithin(String id, Consumer<String> gone) {
    if (Inventory.state(inventory.instance(id)) != InstanceStateName.RUNNING) {
      return;
    }
    if (inventory.attributes(id).shutdownBehavior().equals("terminate")) {
      shutDown(id, gone, InstanceDetails::stoppingFromWithin);
    } else {
      stop(id, false, Optional.empty());
    }
  }

  private void shutDown(
      String id, Consumer<String> gone, BiFunction<Instance, Instant, Instance> reason) {
    InstanceStateName state = Inventory.state(inventory.instance(id));
    if (state == InstanceStateName.SHUTTING_DOWN || state == InstanceStateName.TERMINATED) {
      return;
    }
    goesDown(id);
    Instant now = time.instant();
    become(id, InstanceStateName.SHUTTING_DOWN, found -> reason.apply(found, now));
    arrive(
        id,
        now.plus(seed.between("termination of " + id, MIN_START, MAX_STOP)),
        () -> ends(id, found -> found).forEach(gone));
  }

  private void goesDown(String id) {
    Optional.ofNullable(underWay.remove(id)).ifPresent(VirtualTime.Timer::cancel);
    Instant now = time.instant();
    if (downtimes.isDown(id)) {
      downtimes.change(id, down -> down.stoppedAt(now));
    } else {
      downtimes.add(id, Downtime.begun(Optional.empty(), now).stoppedAt(now));
    }
  }

  /** An instance is terminated; the volumes that go with it. */
  private List<String> ends(String id, UnaryOperator<Instance> reason) {
    List<String> gone = inventory.terminate(id, reason);
    publish(id, InstanceStateName.TERMINATED);
    whenGone.forEach(listener -> listener.accept(id));
    time.after(TERMINATED_IS_DESCRIBED, () -> inventory.forget(id));
    return gone;
  }

  /** The operating system of an instance is started anew; the instance runs throughout. */
  void reboot(String id) {
    whenGone.forEach(listener -> listener.accept(id));
    whenRunning.forEach(listener -> listener.accept(id));
  }

  private void arrive(String id, Instant at, Runnable then) {
    Optional.ofNullable(underWay.remove(id)).ifPresent(VirtualTime.Timer::cancel);
    underWay.put(id, time.at(at, then));
  }

  private void become(String id, InstanceStateName state, UnaryOperator<Instance> also) {
    inventory.become(id, state, also);
    publish(id, state);
  }

  private void publish(String id, InstanceStateName state) {
    events++;
    sink.publish(
        new InstanceEvent(
                seed.uuid("instance event/" + events).toString(),
                settings.region(),
                settings.account(),
                id,
                state.toString(),
                time.instant())
            .json());
  }
}
