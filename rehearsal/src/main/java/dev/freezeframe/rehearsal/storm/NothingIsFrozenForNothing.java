package dev.freezeframe.rehearsal.storm;

import dev.freezeframe.rehearsal.cloud.Call;
import java.util.List;

/** EC2 refuses no set for its quota of pending snapshots, unless other tools were faster. */
final class NothingIsFrozenForNothing implements Invariant {
  private static final String REFUSED = "PendingSnapshotLimitExceeded";

  @Override
  public String name() {
    return "no set is ordered that the quota of pending snapshots refuses";
  }

  @Override
  public List<String> broken(Aftermath aftermath) {
    List<Call> refused =
        aftermath.cloud().api().calls().stream()
            .filter(call -> call.error().equals(REFUSED))
            .filter(call -> !aftermath.trail().othersWereFaster(call.endedAt()))
            .toList();
    int drawn = aftermath.watch().met(WeatherKind.QUOTA_FULL);
    return refused.size() > drawn
        ? List.of(
            "expected %d sets refused for the quota, all of the storm's making, found %d, the last at %s"
                .formatted(drawn, refused.size(), refused.get(refused.size() - 1).endedAt()))
        : List.of();
  }
}
