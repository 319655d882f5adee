package dev.freezeframe.rehearsal.ec2.volume;

import dev.freezeframe.rehearsal.cloud.EventSink;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/** Makes and deletes volumes. AWS documents the order of their states, and no durations. */
public final class Volumes {
  private static final Duration MIN_CREATION = Duration.ofSeconds(1);
  private static final Duration MAX_CREATION = Duration.ofSeconds(10);
  private static final Duration MIN_DELETION = Duration.ofSeconds(5);

  /** "Several minutes" (EC2 API, DeleteVolume). */
  private static final Duration MAX_DELETION = Duration.ofMinutes(5);

  private final VirtualTime time;
  private final Seed seed;
  private final Inventory inventory;
  private final KeyChecks keys;
  private final VolumeQuotas quotas;
  private final Initializations initializations;
  private final VolumeEvents events;
  private int made;

  public Volumes(
      VirtualTime time,
      Seed seed,
      Ec2Settings settings,
      Inventory inventory,
      KeyChecks keys,
      EventSink sink) {
    this.time = time;
    this.seed = seed;
    this.inventory = inventory;
    this.keys = keys;
    this.quotas = new VolumeQuotas(inventory);
    this.events = new VolumeEvents(time, seed, settings, sink);
    this.initializations = new Initializations(time, seed, inventory, events);
  }

  public Initializations initializations() {
    return initializations;
  }

  VolumeEvents events() {
    return events;
  }

  /** Refuses volumes, all of them, that would break a quota. */
  public void check(List<VolumeOrder> orders) {
    quotas.check(orders);
    initializations.check(orders);
  }

  /** A volume as EC2 begins to make it, with a new id. */
  public Volume begun(VolumeOrder order) {
    made++;
    return order.begun("vol-0" + seed.hex("volume/" + made, 16), time.instant());
  }

  /**
   * Makes a volume by itself.
   *
   * @param keyIsDisabled whether EBS finds its key disabled whatever KMS says
   * @param slower how much longer it takes than usual
   */
  Volume create(VolumeOrder order, boolean keyIsDisabled, Duration slower) {
    Volume volume = begun(order);
    inventory.make(volume);
    time.after(
        seed.between("creation of " + volume.volumeId(), MIN_CREATION, MAX_CREATION).plus(slower),
        () -> created(volume, order, keyIsDisabled));
    return volume;
  }

  private void created(Volume volume, VolumeOrder order, boolean keyIsDisabled) {
    String id = volume.volumeId();
    Optional<String> trouble =
        keyIsDisabled ? order.key().map(KeyChecks::disabled) : keys.trouble(volume);
    if (trouble.isPresent()) {
      fail(id);
      events.failed(id, trouble.get());
      return;
    }
    inventory.change(id, found -> found.copy(builder -> builder.state(VolumeState.AVAILABLE)));
    events.available(id);
    initializations.begin(id, order);
  }

  /** It goes to error, or is gone: both are seen, and no page says which. */
  private void fail(String id) {
    if (seed.random("end of " + id).nextBoolean()) {
      inventory.change(id, found -> found.copy(builder -> builder.state(VolumeState.ERROR)));
    } else {
      inventory.removeVolume(id);
    }
  }

  /** A volume that was made with an instance is there. */
  public void launched(Volume volume, VolumeOrder order) {
    initializations.begin(volume.volumeId(), order);
  }

  /** A volume went with its instance. */
  public void wentWithInstance(String volumeId) {
    events.deleted(volumeId);
  }

  /** Deletes a volume that a call names. */
  public void delete(String id) {
    Volume volume = inventory.volume(id);
    if (!volume.attachments().isEmpty()) {
      throw Ec2Refusal.of(
          "VolumeInUse",
          "Volume %s is currently attached to %s"
              .formatted(id, volume.attachments().get(0).instanceId()));
    }
    if (volume.state() == VolumeState.DELETING) {
      throw Ec2Refusal.of(
          "InvalidVolume.NotFound", "The volume '%s' does not exist.".formatted(id));
    }
    if (volume.state() == VolumeState.CREATING) {
      throw Ec2Refusal.of("IncorrectState", "The volume '%s' is 'creating'".formatted(id));
    }
    goes(id);
  }

  /** A volume that nothing has any more is deleted. */
  public void goes(String id) {
    inventory.change(id, found -> found.copy(builder -> builder.state(VolumeState.DELETING)));
    time.after(
        seed.between("deletion of " + id, MIN_DELETION, MAX_DELETION),
        () -> {
          inventory.removeVolume(id);
          events.deleted(id);
        });
  }
}
