package dev.freezeframe.policy;

import java.time.Duration;

/**
 * Says in one English sentence what a policy does: when, of what, how and for how long.
 *
 * <p>Tags, pacing and completion are left out: they do not change what is backed up.
 */
final class PolicySentence {

  private PolicySentence() {}

  static String of(Policy policy) {
    String when = ScheduleWords.of(policy.schedule()) + inWindow(policy.schedule());
    return "%s, take a snapshot set of %s of each instance tagged %s, %s, and keep it %s."
        .formatted(
            policy.enabled() ? when : "Switched off: " + Words.lowerFirst(when),
            volumes(policy.volumes()),
            Words.or(policy.targets()),
            policy.scripts().map(PolicySentence::scripts).orElse("without scripts"),
            RetentionWords.of(policy.retention()));
  }

  private static String inWindow(Schedule schedule) {
    Duration window = schedule.flexibleWindow();
    return window.isZero() ? "" : " or up to %s later".formatted(DurationText.inWords(window));
  }

  private static String volumes(Volumes volumes) {
    String excluded =
        volumes.excludeTags().isEmpty() ? "" : " not tagged " + Words.or(volumes.excludeTags());
    return (volumes.excludeBoot() ? "every data volume" : "every volume") + excluded;
  }

  private static String scripts(Scripts scripts) {
    String how = scripts.freeze() ? "frozen by %s" : oneStage(scripts);
    return (how + " (%s, %s, else %s)")
        .formatted(
            scripts.document(),
            DurationText.inWords(scripts.timeout()),
            Words.count(scripts.retries(), "retry", "retries"),
            scripts.fallBackToCrashConsistent() ? "crash-consistent" : "skipped");
  }

  private static String oneStage(Scripts scripts) {
    return scripts.stages().contains(Stage.PRE)
        ? "after the pre-script of %s"
        : "before the post-script of %s";
  }
}
