package dev.freezeframe.policy;

import dev.freezeframe.common.English;
import dev.freezeframe.input.DurationText;
import dev.freezeframe.policy.schedule.ScheduleDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in one English sentence how the sets of a policy are drilled. */
final class DrillDescription {
  private DrillDescription() {}

  static String of(Drill drill) {
    return "%s, drill a set of each instance within %s: %s%s; %s."
        .formatted(
            ScheduleDescription.of(drill.schedule()),
            DurationText.inWords(drill.every()),
            what(drill),
            targets(drill.targets()),
            limits(drill.limits()));
  }

  private static String what(Drill drill) {
    return switch (drill.level()) {
      case L0 -> "see that its snapshots are complete";
      case L2 -> "mount and check it by %s".formatted(drill.document());
      case L3 -> "start its application and check it by %s".formatted(drill.document());
    };
  }

  private static String targets(Drill.Targets targets) {
    List<String> words = new ArrayList<>();
    targets.rto().ifPresent(rto -> words.add("recovered within " + DurationText.inWords(rto)));
    targets.rpo().ifPresent(rpo -> words.add("not older than " + DurationText.inWords(rpo)));
    return words.isEmpty() ? "" : ", with a warning unless " + String.join(" and ", words);
  }

  private static String limits(Drill.Limits limits) {
    return "%s at once, %,d GiB each and US$ %s a month at most"
        .formatted(
            English.count(limits.maxConcurrent(), "drill", "drills"),
            limits.maxGiB(),
            String.format(Locale.ROOT, "%.2f", limits.maxPerMonth()));
  }
}
