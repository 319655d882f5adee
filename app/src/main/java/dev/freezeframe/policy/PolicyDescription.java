package dev.freezeframe.policy;

import dev.freezeframe.common.English;
import dev.freezeframe.input.DurationText;
import dev.freezeframe.policy.schedule.Schedule;
import dev.freezeframe.policy.schedule.ScheduleDescription;
import java.time.Duration;

/**
 * Says in one English sentence what a policy does: when, of what, how and for how long; and in a
 * second one how its sets are drilled, if they are.
 *
 * <p>Tags, pacing and completion are left out: they do not change what is backed up.
 */
final class PolicyDescription {
  /** The one document of the project's that holds volumes by unmounting them. */
  private static final String UNMOUNTS = "freezeframe-unmount";

  private PolicyDescription() {}

  static String of(Policy policy) {
    String when = ScheduleDescription.of(policy.schedule()) + inWindow(policy.schedule());
    String sentence =
        "%s, take a snapshot set of %s of each instance tagged %s, %s, and keep it %s."
            .formatted(
                policy.enabled() ? when : "Switched off: " + English.lowerFirst(when),
                volumes(policy.volumes()),
                English.or(policy.targets()),
                policy
                    .scripts()
                    .map(PolicyDescription::scripts)
                    .or(() -> policy.stop().map(PolicyDescription::stop))
                    .orElse("without scripts"),
                RetentionDescription.of(policy.retention()));
    String named =
        policy
            .description()
            .map(text -> text + ": " + English.lowerFirst(sentence))
            .orElse(sentence);
    return named + policy.drill().map(drill -> " " + drills(policy, drill)).orElse("");
  }

  private static String drills(Policy policy, Drill drill) {
    String sentence = drill.sentence();
    return policy.enabled() ? sentence : "Switched off: " + English.lowerFirst(sentence);
  }

  private static String inWindow(Schedule schedule) {
    Duration window = schedule.flexibleWindow();
    return window.isZero() ? "" : " or up to %s later".formatted(DurationText.inWords(window));
  }

  private static String volumes(Volumes volumes) {
    String excluded =
        volumes.excludeTags().isEmpty() ? "" : " not tagged " + English.or(volumes.excludeTags());
    return (volumes.excludeBoot() ? "every data volume" : "every volume") + excluded;
  }

  private static String scripts(Scripts scripts) {
    String how = scripts.freeze() ? held(scripts.document()) + " by %s" : oneStage(scripts);
    return (how + " (%s, %s, else %s)")
        .formatted(
            scripts.document(),
            DurationText.inWords(scripts.timeout()),
            English.count(scripts.retries(), "retry", "retries"),
            scripts.fallBackToCrashConsistent() ? "crash-consistent" : "skipped");
  }

  /** What a document does to the file systems that it holds; of others nobody knows. */
  private static String held(String document) {
    return document.equals(UNMOUNTS) ? "unmounted" : "frozen";
  }

  private static String stop(Stop stop) {
    return "stopped for it and started again (%s%s%s, %s%s)"
        .formatted(
            stop.window().map("%s, "::formatted).orElse(""),
            DurationText.inWords(stop.timeout()),
            stop.forceAfter()
                .map(after -> ", forced after " + DurationText.inWords(after))
                .orElse(""),
            stop.groupByTag()
                .map(tag -> "%d at once of each %s".formatted(stop.atOnce(), tag))
                .orElse("%d at once".formatted(stop.atOnce())),
            stop.skipIfAlarm().isEmpty()
                ? ""
                : ", unless %s rings".formatted(English.or(stop.skipIfAlarm())));
  }

  private static String oneStage(Scripts scripts) {
    return scripts.stages().contains(Stage.PRE)
        ? "after the pre-script of %s"
        : "before the post-script of %s";
  }
}
