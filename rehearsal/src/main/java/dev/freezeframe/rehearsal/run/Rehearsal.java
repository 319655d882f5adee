package dev.freezeframe.rehearsal.run;

import dev.freezeframe.policy.FiringTimes;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.retention.KeptSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Fires a policy in an embedded cloud as often as it falls due, and waits until all is settled. */
public final class Rehearsal {
  private Rehearsal() {}

  /**
   * When a policy fires.
   *
   * @param days how long from the start; 0: once, when it next falls due
   * @throws IllegalArgumentException if it does not fire at all
   */
  public static List<Instant> firings(Policy policy, Instant start, int days) {
    if (days == 0) {
      return FiringTimes.next(policy.schedule(), start, start).map(List::of).orElse(List.of());
    }
    return FiringTimes.between(
        policy.schedule(), start.minusMillis(1), start.plus(Duration.ofDays(days)), start);
  }

  /**
   * When {@code expire-snapshots} runs: at 06:00 UTC on each of so many days from the start.
   *
   * @param days 0: not at all
   */
  public static List<Instant> expiries(Instant start, int days) {
    Instant first = start.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(6));
    return Stream.iterate(first, day -> day.plus(Duration.ofDays(1)))
        .filter(at -> !at.isBefore(start))
        .limit(days)
        .toList();
  }

  /**
   * Rehearses.
   *
   * @param firings of the policy
   * @param expiries when retention runs
   * @param stateMachines the folder of the state machine files
   * @param progress is told how far it is, often
   */
  public static Result rehearse(
      Policy policy,
      List<Instant> firings,
      List<Instant> expiries,
      CloudSettings settings,
      Path stateMachines,
      Consumer<Progress> progress) {
    try (EmbeddedCloud cloud = new EmbeddedCloud(settings, stateMachines)) {
      cloud.schedule(policy, firings);
      if (!expiries.isEmpty()) {
        cloud.scheduleExpiry(expiries);
      }
      while (cloud.time().next()) {
        progress.accept(new Progress(cloud));
      }
      return result(cloud, settings, policy, firings);
    }
  }

  static Result result(
      EmbeddedCloud cloud, CloudSettings settings, Policy policy, List<Instant> firings) {
    List<Firing> done = new ArrayList<>();
    List<Map<String, Object>> items = cloud.ledgerItems();
    firings.forEach(at -> done.add(cloud.firing(policy, at)));
    return new Result(
        settings.seed(),
        policy,
        done,
        cloud.time().instant(),
        cloud.api().counts(),
        cloud.functions().invocations(),
        cloud.api().calls(),
        cloud.ssm().guests(),
        items,
        cloud.ec2().snapshots(),
        cloud.ledgerSnapshots(items),
        KeptSet.all(cloud.ledger(), cloud.time().instant()),
        cloud.expiries());
  }
}
