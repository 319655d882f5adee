package dev.freezeframe.operator.restore.text;

import dev.freezeframe.input.DurationText;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.view.SetView;
import dev.freezeframe.restore.view.SetView.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a restore takes, stage by stage, as far as EC2 promises anything. */
public final class RestoreTimes {
  private static final long MIB = 1L << 20;

  private RestoreTimes() {}

  public static List<String> words(RestorePlan plan, SetView set) {
    List<String> words = new ArrayList<>();
    words.add(
        "Available: about a minute, or a few for many volumes (assumed; EC2 promises no time).");
    words.add(
        plan.request().initializeMiBps().isPresent()
            ? "Fully initialized: about %s after that, at %d MiB/s for the largest, %s."
                .formatted(
                    time(largest(plan, set), plan.request().initializeMiBps().getAsInt()),
                    plan.request().initializeMiBps().getAsInt(),
                    gib(largest(plan, set)))
            : "Fully initialized: nobody can say. Each block is slow at its first use, and EC2 promises no rate; --initialize 300 would take about %s for the largest, %s."
                .formatted(time(largest(plan, set), 300), gib(largest(plan, set))));
    if (plan.request().waitInitialized()) {
      words.add("The restore is over when all of it is initialized.");
    }
    return words;
  }

  /** The data of the largest; where EC2 does not say how much it holds, its size. */
  private static long largest(RestorePlan plan, SetView set) {
    return plan.volumes().stream().mapToLong(volume -> bytes(volume, set)).max().orElse(0);
  }

  private static long bytes(Creation volume, SetView set) {
    return set.members().stream()
        .filter(member -> member.snapshot().equals(volume.snapshot()))
        .flatMap((Member member) -> member.live().stream())
        .mapToLong(live -> live.fullBytes().orElse(((long) live.sizeGiB()) << 30))
        .findFirst()
        .orElse(((long) volume.sizeGiB()) << 30);
  }

  private static String time(long bytes, int rate) {
    long seconds = Math.max(60, bytes / MIB / rate);
    return DurationText.inWords(Duration.ofMinutes((seconds + 59) / 60));
  }

  private static String gib(long bytes) {
    return "%,d GiB".formatted(Math.max(1, bytes >> 30));
  }
}
