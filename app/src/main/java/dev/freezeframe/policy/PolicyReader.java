package dev.freezeframe.policy;

import static dev.freezeframe.policy.PolicyFields.ADD;
import static dev.freezeframe.policy.PolicyFields.AT_ONCE;
import static dev.freezeframe.policy.PolicyFields.COPY_FROM_VOLUME;
import static dev.freezeframe.policy.PolicyFields.COUNT;
import static dev.freezeframe.policy.PolicyFields.CRON;
import static dev.freezeframe.policy.PolicyFields.DAILY;
import static dev.freezeframe.policy.PolicyFields.DAYS;
import static dev.freezeframe.policy.PolicyFields.DESCRIPTION;
import static dev.freezeframe.policy.PolicyFields.DOCUMENT;
import static dev.freezeframe.policy.PolicyFields.ENABLED;
import static dev.freezeframe.policy.PolicyFields.EXCLUDE_BOOT;
import static dev.freezeframe.policy.PolicyFields.EXCLUDE_TAGS;
import static dev.freezeframe.policy.PolicyFields.FALL_BACK;
import static dev.freezeframe.policy.PolicyFields.FIRST_WAIT;
import static dev.freezeframe.policy.PolicyFields.FLEXIBLE_WINDOW;
import static dev.freezeframe.policy.PolicyFields.FORCE_AFTER;
import static dev.freezeframe.policy.PolicyFields.FREEZE_BUDGET;
import static dev.freezeframe.policy.PolicyFields.GIVE_UP_AFTER;
import static dev.freezeframe.policy.PolicyFields.GROUP_BY_TAG;
import static dev.freezeframe.policy.PolicyFields.HOLD;
import static dev.freezeframe.policy.PolicyFields.HOURLY;
import static dev.freezeframe.policy.PolicyFields.JITTER;
import static dev.freezeframe.policy.PolicyFields.KEEP_SHARED;
import static dev.freezeframe.policy.PolicyFields.LIFETIME_TAG;
import static dev.freezeframe.policy.PolicyFields.LONGEST_WAIT;
import static dev.freezeframe.policy.PolicyFields.MINIMUM;
import static dev.freezeframe.policy.PolicyFields.MONTHLY;
import static dev.freezeframe.policy.PolicyFields.NAME;
import static dev.freezeframe.policy.PolicyFields.ORDER_BY_TAG;
import static dev.freezeframe.policy.PolicyFields.RATE;
import static dev.freezeframe.policy.PolicyFields.RETRIES;
import static dev.freezeframe.policy.PolicyFields.SETS_PER_SECOND;
import static dev.freezeframe.policy.PolicyFields.SKIP_IF_ALARM;
import static dev.freezeframe.policy.PolicyFields.STAGES;
import static dev.freezeframe.policy.PolicyFields.STOP_TIMEOUT;
import static dev.freezeframe.policy.PolicyFields.STOP_WINDOW;
import static dev.freezeframe.policy.PolicyFields.TARGETS;
import static dev.freezeframe.policy.PolicyFields.TIMEOUT;
import static dev.freezeframe.policy.PolicyFields.TIME_ZONE;
import static dev.freezeframe.policy.PolicyFields.WEEKLY;
import static dev.freezeframe.policy.PolicyFields.YEARLY;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.input.InvalidInputException;
import dev.freezeframe.input.Section;
import dev.freezeframe.input.Violations;
import dev.freezeframe.input.YamlTree;
import dev.freezeframe.policy.schedule.Schedule;
import dev.freezeframe.policy.schedule.TimeZones;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a policy from YAML. Whatever is wrong is named at once, and nothing half right is returned.
 */
public final class PolicyReader {

  /** In bytes of a file and in characters of a text: what Step Functions takes as input. */
  private static final int MAX_SIZE = 256 * 1024;

  /** Stands for a name that cannot be read, in a policy that nobody will see. */
  private static final PolicyName UNKNOWN = new PolicyName("unknown");

  /**
   * Reads a file.
   *
   * @throws InvalidInputException with every fault, also if there is no such file
   */
  public Policy read(Path file) {
    return read(file.toString(), Violations.readText(file, MAX_SIZE, "a policy of 256 KB at most"));
  }

  /**
   * Reads a text.
   *
   * @param fileName stands in front of each fault
   * @throws InvalidInputException with every fault
   */
  public Policy read(String fileName, String yaml) {
    Violations faults = new Violations(fileName);
    Section policy =
        new Section(YamlTree.parse(yaml, faults, MAX_SIZE, "a policy"), PolicyFields.ALL);
    PolicyName name = policy.read(NAME).orElse(UNKNOWN);
    Optional<String> description = policy.read(DESCRIPTION);
    boolean enabled = policy.value(ENABLED);
    List<TagSelector> targets = policy.value(TARGETS);
    Optional<Schedule> schedule = schedule(section(policy, "schedule"));
    Optional<Volumes> volumes = volumes(section(policy, "volumes"));
    Optional<Scripts> scripts =
        policy.isSet("scripts") ? scripts(section(policy, "scripts")) : Optional.empty();
    Optional<Stop> stop = stop(policy);
    Optional<Retention> retention = retention(section(policy, "retention"));
    Optional<Tagging> tagging = tagging(section(policy, "tags"));
    Optional<Pacing> pacing = pacing(section(policy, "pacing"));
    Optional<Completion> completion = completion(section(policy, "completion"));
    ZoneId zone = schedule.map(Schedule::timeZone).orElse(TimeZones.UTC);
    Optional<Drill> drill =
        policy.isSet("drill") ? drill(section(policy, "drill"), zone) : Optional.empty();
    faults.raise();
    Optional<Policy> read =
        policy.build(
            () ->
                new Policy(
                    name,
                    description,
                    enabled,
                    targets,
                    schedule.orElseThrow(),
                    volumes.orElseThrow(),
                    scripts,
                    stop,
                    retention.orElseThrow(),
                    tagging.orElseThrow(),
                    pacing.orElseThrow(),
                    completion.orElseThrow(),
                    drill));
    faults.raise();
    return read.orElseThrow();
  }

  private static Section section(Section parent, String name) {
    return parent.section(name, PolicyFields.ALL);
  }

  private static Optional<Schedule> schedule(Section fields) {
    String cron = fields.value(CRON);
    Optional<String> rate = fields.read(RATE);
    if (fields.isSet("cron") && fields.isSet("rate")) {
      fields.refuse("rate", "set beside cron", "one of the two");
    }
    String expression = rate.map("rate(%s)"::formatted).orElse("cron(%s)".formatted(cron));
    return fields.build(
        () -> new Schedule(expression, fields.value(TIME_ZONE), fields.value(FLEXIBLE_WINDOW)));
  }

  private static Optional<Volumes> volumes(Section fields) {
    return fields.build(() -> new Volumes(fields.value(EXCLUDE_BOOT), fields.value(EXCLUDE_TAGS)));
  }

  private static Optional<Scripts> scripts(Section fields) {
    return fields.build(
        () ->
            new Scripts(
                fields.read(DOCUMENT).orElse(""),
                stages(fields),
                fields.value(TIMEOUT),
                fields.value(RETRIES),
                fields.value(FALL_BACK),
                fields.value(FREEZE_BUDGET)));
  }

  private static Optional<Stop> stop(Section policy) {
    Optional<Hold> hold = policy.read(HOLD);
    if (hold.isEmpty()) {
      if (policy.isSet("stop") && !policy.isSet("hold")) {
        policy.refuse("stop", "set without hold: stop", "the two together, or neither");
      }
      return Optional.empty();
    }
    if (policy.isSet("scripts")) {
      policy.refuse("hold", "set beside scripts", "one of the two");
    }
    Section fields = section(policy, "stop");
    Duration timeout = fields.value(STOP_TIMEOUT);
    Optional<Duration> forceAfter = fields.read(FORCE_AFTER);
    return fields.build(
        () ->
            new Stop(
                timeout,
                forceAfter,
                fields.read(STOP_WINDOW),
                fields.read(GROUP_BY_TAG),
                fields.value(AT_ONCE),
                fields.read(ORDER_BY_TAG),
                fields.value(SKIP_IF_ALARM)));
  }

  private static Set<Stage> stages(Section fields) {
    List<Stage> stages = fields.value(STAGES);
    if (Set.copyOf(stages).size() < stages.size()) {
      fields.refuse(STAGES.name(), "naming one stage twice", "each once");
    }
    return Set.copyOf(stages);
  }

  private static Optional<Retention> retention(Section fields) {
    Section tiers = section(fields, "tiers");
    return fields.build(
        () ->
            new Retention(
                fields.number(DAYS),
                fields.number(COUNT),
                tiers(tiers),
                fields.value(LIFETIME_TAG),
                fields.number(MINIMUM),
                fields.value(KEEP_SHARED)));
  }

  private static Optional<Retention.Tiers> tiers(Section fields) {
    return fields
        .build(
            () ->
                new Retention.Tiers(
                    fields.number(HOURLY),
                    fields.number(DAILY),
                    fields.number(WEEKLY),
                    fields.number(MONTHLY),
                    fields.number(YEARLY)))
        .filter(tiers -> !tiers.none());
  }

  private static Optional<Tagging> tagging(Section fields) {
    return fields.build(() -> new Tagging(fields.value(ADD), fields.value(COPY_FROM_VOLUME)));
  }

  private static Optional<Pacing> pacing(Section fields) {
    return fields.build(() -> new Pacing(fields.value(SETS_PER_SECOND), fields.value(JITTER)));
  }

  private static Optional<Completion> completion(Section fields) {
    Duration firstWait = fields.value(FIRST_WAIT);
    Duration longestWait = fields.value(LONGEST_WAIT);
    Duration giveUpAfter = fields.value(GIVE_UP_AFTER);
    if (fields.isSound(FIRST_WAIT, LONGEST_WAIT)) {
      fields.check(() -> Completion.checkLongestWait(firstWait, longestWait));
    }
    if (fields.isSound(LONGEST_WAIT, GIVE_UP_AFTER)) {
      fields.check(() -> Completion.checkGiveUpAfter(longestWait, giveUpAfter));
    }
    return fields.build(() -> new Completion(firstWait, longestWait, giveUpAfter));
  }

  private static Optional<Drill> drill(Section fields, ZoneId zone) {
    Duration each = fields.value(DrillFields.EACH);
    Optional<Duration> share = fields.read(DrillFields.SHARE);
    if (fields.isSet("each") && fields.isSet("share")) {
      fields.refuse("share", "set beside each", "one of the two");
    }
    String cron = "cron(%s)".formatted(fields.value(DrillFields.CRON));
    Drill.Level level = fields.value(DrillFields.LEVEL);
    String document = fields.value(DrillFields.DOCUMENT);
    Duration timeout = fields.value(DrillFields.TIMEOUT);
    Optional<Drill.Host> host = fields.build(() -> host(fields));
    Optional<Drill.Limits> limits =
        fields.build(
            () ->
                new Drill.Limits(
                    fields.value(DrillFields.MAX_CONCURRENT),
                    fields.value(DrillFields.MAX_GIB),
                    fields.value(DrillFields.MAX_PER_MONTH)));
    Optional<Drill.Targets> targets =
        fields.build(
            () -> new Drill.Targets(fields.read(DrillFields.RTO), fields.read(DrillFields.RPO)));
    if (host.isEmpty() || limits.isEmpty() || targets.isEmpty()) {
      return Optional.empty();
    }
    return fields.build(
        () ->
            new Drill(
                share.orElse(each),
                new Schedule(cron, zone, Duration.ZERO),
                level,
                document,
                timeout,
                host.get(),
                limits.get(),
                targets.get()));
  }

  private static Drill.Host host(Section fields) {
    return new Drill.Host(
        fields.read(DrillFields.INSTANCE_TYPE),
        fields.read(DrillFields.IMAGE),
        fields.value(DrillFields.SUBNETS),
        fields.value(DrillFields.SECURITY_GROUPS));
  }
}
