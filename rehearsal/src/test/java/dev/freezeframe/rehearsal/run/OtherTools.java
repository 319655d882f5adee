package dev.freezeframe.rehearsal.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Other tools in the account, each of which has one snapshot pending for a while, again and again.
 * One that finds no room tries again, as a tool does that is refused.
 *
 * @param count how many there are
 * @param pendingFor for how long each of their snapshots is pending
 * @param every how often each takes one
 * @param apart how long after one of them the next begins; nothing: all take theirs at once
 * @param spans filled while they run: when how many were pending
 */
record OtherTools(
    int count, Duration pendingFor, Duration every, Duration apart, List<QuotaBound.Others> spans) {
  private static final Duration RETRY = Duration.ofSeconds(15);

  /** All take theirs at the same instant. */
  static OtherTools atOnce(int count, Duration pendingFor, Duration every) {
    return new OtherTools(count, pendingFor, every, Duration.ZERO, new ArrayList<>());
  }

  /** They take theirs one after the other, spread over the time between two of one tool. */
  static OtherTools oneByOne(int count, Duration pendingFor, Duration every) {
    return new OtherTools(count, pendingFor, every, every.dividedBy(count), new ArrayList<>());
  }

  /** Has them begin when the policy falls due, and go on for two hours. */
  void beside(EmbeddedCloud cloud) {
    Instant end = Scene.DUE.plus(Duration.ofHours(2));
    for (int tool = 0; tool < count; tool++) {
      for (Instant at = Scene.DUE.plus(apart.multipliedBy(tool));
          at.isBefore(end);
          at = at.plus(every)) {
        take(cloud, at);
      }
    }
  }

  private void take(EmbeddedCloud cloud, Instant at) {
    cloud
        .time()
        .at(
            at,
            () -> {
              if (cloud.ec2().snapshotByOthers(1, pendingFor) > 0) {
                spans.add(new QuotaBound.Others(at, at.plus(pendingFor), 1));
              } else {
                take(cloud, at.plus(RETRY));
              }
            });
  }
}
