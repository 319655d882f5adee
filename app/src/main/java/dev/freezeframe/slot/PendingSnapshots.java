package dev.freezeframe.slot;

import dev.freezeframe.common.VolumeId;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Knows which snapshots count against EC2's quotas. */
public interface PendingSnapshots {

  /** All snapshots of the account and Region that are pending or failed; the newest may miss. */
  List<PendingSnapshot> look();

  /** Those of some volumes of which only one snapshot may be pending: of type st1 and sc1. */
  Set<VolumeId> slow(Collection<VolumeId> volumes);
}
