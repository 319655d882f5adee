package dev.freezeframe.policy.reader;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.Quoted;
import dev.freezeframe.policy.Completion;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Retention;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.policy.Tagging;
import dev.freezeframe.policy.field.DocumentField;
import dev.freezeframe.policy.field.DurationField;
import dev.freezeframe.policy.field.TagText;
import dev.freezeframe.policy.field.TextField;
import dev.freezeframe.policy.field.WholeNumber;
import dev.freezeframe.policy.schedule.CronExpression;
import dev.freezeframe.policy.schedule.Rate;
import dev.freezeframe.policy.schedule.Schedule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Holds a policy to the limits of its fields, wherever it comes from: what a state machine is
 * started with was not always read from a file.
 */
public final class PolicyLimits {
  /** With a page of 500 targets beside them they stay below the 256 KiB of a state. */
  static final int TAG_BYTES = 32 * 1024;

  static final String TAG_WORDS = "32 KB of targets, excluded tags and added tags at most";

  private final PolicyName policy;

  private PolicyLimits(PolicyName policy) {
    this.policy = policy;
  }

  /**
   * Refuses a policy that no file could say.
   *
   * @throws IllegalArgumentException with the first field that is beyond its limit
   */
  public static void check(Policy policy) {
    PolicyLimits limits = new PolicyLimits(policy.name());
    limits.length("targets", policy.targets().size(), 1, TargetsReader.MAX);
    policy.targets().forEach(target -> limits.tag("targets", target));
    limits.within("tags", tagBytes(policy) + " bytes", tagBytes(policy) <= TAG_BYTES, TAG_WORDS);
    limits.schedule(policy.schedule());
    limits.length(
        "volumes.excludeTags", policy.volumes().excludeTags().size(), 0, VolumesReader.MAX);
    policy.volumes().excludeTags().forEach(tag -> limits.tag("volumes.excludeTags", tag));
    policy.scripts().ifPresent(limits::scripts);
    limits.retention(policy.retention());
    limits.tagging(policy.tagging());
    limits.within(
        "pacing.setsPerSecond",
        policy.pacing().setsPerSecond(),
        PacingReader.SETS_PER_SECOND.accepts(policy.pacing().setsPerSecond()),
        PacingReader.SETS_PER_SECOND.range());
    limits.duration("pacing.jitter", policy.pacing().jitter(), PacingReader.JITTER);
    limits.completion(policy.completion());
  }

  public static void check(PolicyName policy, Schedule schedule) {
    new PolicyLimits(policy).schedule(schedule);
  }

  /** In UTF-8: how much of the 256 KiB of a state the tags of a policy take. */
  static int tagBytes(Policy policy) {
    return Stream.of(
            policy.targets().stream().map(TagSelector::toString),
            policy.volumes().excludeTags().stream().map(TagSelector::toString),
            policy.tagging().add().entrySet().stream().map(Object::toString))
        .flatMap(tags -> tags)
        .mapToInt(tag -> tag.getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }

  private void schedule(Schedule schedule) {
    boolean sound =
        schedule.isCron()
            ? CronExpression.findFault(schedule.fields()).isEmpty()
            : Rate.parse(schedule.fields()).isPresent();
    within("schedule", schedule.expression(), sound, "what EventBridge Scheduler takes");
    Duration window = schedule.flexibleWindow();
    within(
        "schedule.flexibleWindow",
        window,
        window.isZero() || (ScheduleReader.WINDOW.accepts(window) && window.toSecondsPart() == 0),
        "off, or whole minutes, " + ScheduleReader.WINDOW.range());
  }

  private void scripts(Scripts scripts) {
    within(
        "scripts.document",
        scripts.document(),
        DocumentField.fits(scripts.document()),
        DocumentField.EXPECTED);
    duration("scripts.timeout", scripts.timeout(), ScriptsReader.TIMEOUT);
    number("scripts.retries", OptionalInt.of(scripts.retries()), ScriptsReader.RETRIES);
    duration("scripts.freezeBudget", scripts.freezeBudget(), ScriptsReader.FREEZE_BUDGET);
  }

  private void retention(Retention retention) {
    number("retention.days", retention.days(), RetentionReader.DAYS);
    number("retention.count", retention.count(), RetentionReader.COUNT);
    number("retention.minimum", retention.minimum(), RetentionReader.MINIMUM);
    text("retention.lifetimeTag", retention.lifetimeTag(), TagText.KEY);
    retention
        .tiers()
        .ifPresent(
            tiers -> {
              number("retention.tiers.hourly", tiers.hourly(), RetentionReader.COUNT);
              number("retention.tiers.daily", tiers.daily(), RetentionReader.COUNT);
              number("retention.tiers.weekly", tiers.weekly(), RetentionReader.COUNT);
              number("retention.tiers.monthly", tiers.monthly(), RetentionReader.COUNT);
              number("retention.tiers.yearly", tiers.yearly(), RetentionReader.COUNT);
            });
  }

  private void tagging(Tagging tagging) {
    length("tags.add", tagging.add().size(), 0, TaggingReader.MAX);
    tagging
        .add()
        .forEach(
            (key, value) -> {
              text("tags.add", key, TagText.KEY);
              within(
                  "tags.add",
                  key,
                  !TaggingReader.isReserved(key),
                  "one that does not start with aws: or freezeframe:");
              text("tags.add." + key, value, TagText.VALUE);
            });
  }

  private void completion(Completion completion) {
    duration("completion.firstWait", completion.firstWait(), CompletionReader.WAIT);
    duration("completion.longestWait", completion.longestWait(), CompletionReader.WAIT);
    duration("completion.giveUpAfter", completion.giveUpAfter(), CompletionReader.WAIT);
    within(
        "completion.longestWait",
        completion.longestWait(),
        completion.longestWait().compareTo(completion.firstWait()) >= 0
            && completion.giveUpAfter().compareTo(completion.longestWait()) >= 0
            && !CompletionReader.waitsTooOften(completion),
        "between firstWait and giveUpAfter, and at least a thousandth of giveUpAfter");
  }

  private void tag(String field, TagSelector tag) {
    text(field, tag.key(), TagText.KEY);
    tag.value().ifPresent(value -> text(field, value, TagText.VALUE));
  }

  private void text(String field, String found, TextField limit) {
    within(field, found, limit.fits(found), limit.expected());
  }

  private void duration(String field, Duration found, DurationField limit) {
    within(field, found, limit.accepts(found), "whole seconds, " + limit.range());
  }

  private void number(String field, OptionalInt found, WholeNumber limit) {
    within(
        field,
        found.isPresent() ? found.getAsInt() : Optional.empty(),
        found.isEmpty() || limit.accepts(found.getAsInt()),
        limit.range());
  }

  private void length(String field, int found, int least, int most) {
    within(field, found + " entries", found >= least && found <= most, least + ".." + most);
  }

  private void within(String field, Object found, boolean fits, String expected) {
    if (!fits) {
      throw new IllegalArgumentException(
          "policy %s: %s is %s, expected %s"
              .formatted(policy, field, Quoted.quote(String.valueOf(found)), expected));
    }
  }
}
