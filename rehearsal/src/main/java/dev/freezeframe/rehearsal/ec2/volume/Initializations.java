package dev.freezeframe.rehearsal.ec2.volume;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.InitializationStatusDetails;
import software.amazon.awssdk.services.ec2.model.InitializationType;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/**
 * Loads the data of snapshots into volumes: EBS user guide, "Initialize Amazon EBS volumes". What
 * is told of it is up to five minutes old, and so is the event of its end.
 */
public final class Initializations {
  private static final int MAX_RATE_OF_REGION = 5000;
  private static final int MIN_DEFAULT_RATE = 10;
  private static final int MAX_DEFAULT_RATE = 80;
  private static final Duration TOLD_EVERY = Duration.ofMinutes(5);
  private static final double BYTES_PER_MIB = 1 << 20;

  private final VirtualTime time;
  private final Seed seed;
  private final Inventory inventory;
  private final VolumeEvents events;
  private final Map<String, Loading> loadings = new TreeMap<>();

  Initializations(VirtualTime time, Seed seed, Inventory inventory, VolumeEvents events) {
    this.time = time;
    this.seed = seed;
    this.inventory = inventory;
    this.events = events;
  }

  /** Refuses volumes whose rates would be too high together with those under way. */
  void check(Collection<VolumeOrder> orders) {
    int asked = orders.stream().mapToInt(Initializations::rate).sum();
    int underWay =
        inventory.volumes().stream()
            .filter(volume -> volume.volumeInitializationRate() != null)
            .filter(volume -> volume.state() != VolumeState.ERROR)
            .filter(volume -> end(volume.volumeId()).map(time.instant()::isBefore).orElse(true))
            .mapToInt(Volume::volumeInitializationRate)
            .sum();
    if (asked > 0 && asked + underWay > MAX_RATE_OF_REGION) {
      throw Ec2Refusal.of(
          "ResourceLimitExceeded",
          "The volume initialization rates would be %d MiB/s together. The limit is %d."
              .formatted(asked + underWay, MAX_RATE_OF_REGION));
    }
  }

  private static int rate(VolumeOrder order) {
    return order.origin().flatMap(VolumeOrder.Origin::rate).orElse(0);
  }

  /** A volume is there, and loaded from now on. Nothing happens if it is blank. */
  void begin(String volumeId, VolumeOrder order) {
    order
        .origin()
        .ifPresent(
            origin -> {
              int rate = origin.rate().orElseGet(() -> defaultRate(volumeId));
              Duration takes =
                  Duration.ofMillis((long) (origin.bytes() / BYTES_PER_MIB / rate * 1000));
              Loading loading =
                  new Loading(time.instant(), time.instant().plus(takes), origin.rate());
              loadings.put(volumeId, loading);
              Duration told =
                  seed.between("event of initialization/" + volumeId, Duration.ZERO, TOLD_EVERY);
              time.at(loading.end.plus(told), () -> tell(volumeId));
            });
  }

  /** It fluctuates, and no page says between what: assumed. */
  private int defaultRate(String volumeId) {
    return seed.random("initialization of " + volumeId)
        .nextInt(MIN_DEFAULT_RATE, MAX_DEFAULT_RATE + 1);
  }

  private void tell(String volumeId) {
    if (inventory.findVolume(volumeId).isPresent()) {
      events.initialized(volumeId);
    }
  }

  /** When a volume was or will be loaded as a whole; empty: it is blank, or not begun. */
  public Optional<Instant> end(String volumeId) {
    return Optional.ofNullable(loadings.get(volumeId)).map(Loading::end);
  }

  /** What DescribeVolumeStatus says of it; empty: it is blank. */
  Optional<InitializationStatusDetails> told(String volumeId) {
    return Optional.ofNullable(loadings.get(volumeId)).map(loading -> loading.told(time.instant()));
  }

  private record Loading(Instant from, Instant end, Optional<Integer> asked) {
    InitializationStatusDetails told(Instant now) {
      long updates = Duration.between(from, now).dividedBy(TOLD_EVERY);
      Instant seen = from.plus(TOLD_EVERY.multipliedBy(updates));
      Duration all = Duration.between(from, end);
      Duration left = seen.isBefore(end) ? Duration.between(seen, end) : Duration.ZERO;
      long progress =
          left.isZero() ? 100 : 100 * (all.toMillis() - left.toMillis()) / all.toMillis();
      InitializationStatusDetails.Builder details =
          InitializationStatusDetails.builder()
              .initializationType(
                  asked.isPresent()
                      ? InitializationType.PROVISIONED_RATE
                      : InitializationType.DEFAULT)
              .progress(progress);
      asked.ifPresent(rate -> details.estimatedTimeToCompleteInSeconds(left.toSeconds()));
      return details.build();
    }
  }
}
