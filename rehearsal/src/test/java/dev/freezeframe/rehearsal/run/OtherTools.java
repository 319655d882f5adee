package dev.freezeframe.rehearsal.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Another tool in the account, whose snapshots are pending for a while, again and again. */
final class OtherTools {
  /** As old as a look at EC2 may be, and what a freeze takes after it. */
  private static final Duration UNKNOWABLE = Duration.ofSeconds(30);

  private final int count;
  private final Duration pendingFor;
  private final Duration every;
  private final List<QuotaBound.Others> spans = new ArrayList<>();

  OtherTools(int count, Duration pendingFor, Duration every) {
    this.count = count;
    this.pendingFor = pendingFor;
    this.every = every;
  }

  /** Has it begin when the policy falls due, and go on for two hours. */
  void beside(EmbeddedCloud cloud) {
    Instant end = Scene.DUE.plus(Duration.ofHours(2));
    for (Instant at = Scene.DUE; at.isBefore(end); at = at.plus(every)) {
      Instant from = at;
      cloud
          .time()
          .at(
              from,
              () -> {
                int taken = cloud.ec2().snapshotByOthers(count, pendingFor);
                if (taken > 0) {
                  spans.add(new QuotaBound.Others(from, from.plus(pendingFor), taken));
                }
              });
    }
  }

  List<QuotaBound.Others> spans() {
    return spans;
  }

  boolean cameShortlyBefore(Instant at) {
    return spans.stream()
        .anyMatch(span -> !span.from().isAfter(at) && span.from().plus(UNKNOWABLE).isAfter(at));
  }
}
