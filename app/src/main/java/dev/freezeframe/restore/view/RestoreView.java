package dev.freezeframe.restore.view;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.RestoreFacts;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a decision on a restore asks, of the ledger and of EC2.
 *
 * @param facts that are on record of the set
 * @param originals the volumes that the set was taken of, as far as EC2 has them now
 * @param target the instance that would be changed; empty: none is, or EC2 knows it no more
 * @param launch what a new instance needs; empty: none is launched, or no settings are on record
 */
public record RestoreView(
    SetView set,
    Optional<RestoreFacts> facts,
    Map<VolumeId, LiveVolume> originals,
    Optional<TargetView> target,
    Optional<LaunchView> launch) {

  public RestoreView {
    originals = Collections.unmodifiableMap(new TreeMap<>(originals));
  }
}
