package dev.freezeframe.restore.view;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.VolumeSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Asks the ledger and EC2 all that a decision on a restore needs. Reads only. */
public final class RestoreReader {
  private final Ec2SetReader sets;
  private final Ec2TargetReader targets;
  private final Ec2LaunchReader launches;
  private final Ec2VolumeReader volumes;
  private final Ledger ledger;
  private final Clock clock;

  /**
   * Reads from a ledger and from EC2.
   *
   * @param ledger that remembers backups, facts and restores
   */
  public RestoreReader(Ec2Client ec2, Ledger ledger, Clock clock) {
    this.volumes = new Ec2VolumeReader(ec2);
    this.sets = new Ec2SetReader(ec2, ledger);
    this.targets = new Ec2TargetReader(ec2, ledger, ledger);
    this.launches = new Ec2LaunchReader(ec2);
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Looks, for a restore that has not begun. */
  public RestoreView look(RestoreRequest request) {
    return look(request, Optional.empty());
  }

  /**
   * Looks.
   *
   * @param own the restore that asks, which does not stand in its own way
   */
  public RestoreView look(RestoreRequest request, Optional<RestoreId> own) {
    Instant now = clock.instant();
    RestoreView set = lookAtSet(request);
    Optional<TargetView> target =
        changed(request).flatMap(instance -> targets.read(instance, request.to(), own, now));
    Optional<InstanceSettings> settings = set.facts().flatMap(RestoreFacts::settings);
    Optional<LaunchView> launch =
        settings
            .filter(known -> request.to() == Destination.NEW)
            .map(known -> launches.read(known, request));
    return new RestoreView(set.set(), set.facts(), set.originals(), target, launch);
  }

  /** Looks at the set alone: all that a restore to volumes needs. */
  public RestoreView lookAtSet(RestoreRequest request) {
    Optional<RestoreFacts> recorded = ledger.facts(request.set());
    SetView set = sets.read(request, recorded);
    Set<VolumeId> originals = new TreeSet<>();
    set.members().forEach(member -> originals.add(member.volume()));
    recorded.ifPresent(
        known -> known.volumes().stream().map(VolumeSettings::volume).forEach(originals::add));
    return new RestoreView(
        set, recorded, volumes.find(originals), Optional.empty(), Optional.empty());
  }

  /** The instance that a request would change; empty: none, or it does not say which. */
  public static Optional<InstanceId> changed(RestoreRequest request) {
    return switch (request.to()) {
      case INSTANCE -> request.target();
      case IN_PLACE, ROOT -> Optional.of(request.instance());
      case VOLUMES, NEW -> Optional.empty();
    };
  }
}
