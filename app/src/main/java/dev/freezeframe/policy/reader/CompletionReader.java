package dev.freezeframe.policy.reader;

import dev.freezeframe.common.Quoted;
import dev.freezeframe.policy.Completion;
import dev.freezeframe.policy.field.DurationField;
import dev.freezeframe.policy.field.DurationText;
import dev.freezeframe.policy.field.Section;
import java.time.Duration;
import java.util.List;

/** Reads how a run waits, and sees to it that the waits cannot fill an execution's history. */
public final class CompletionReader {
  public static final List<String> FIELDS = List.of("firstWait", "longestWait", "giveUpAfter");

  /** Each wait costs about ten of the 25,000 history events of an execution. */
  private static final int MAX_WAITS = 1000;

  static final DurationField WAIT = DurationField.between("1s", "3d");

  private CompletionReader() {}

  static Completion read(Section section) {
    Completion read =
        new Completion(
            section.read("firstWait", WAIT).orElse(Duration.ofMinutes(1)),
            section.read("longestWait", WAIT).orElse(Duration.ofMinutes(15)),
            section.read("giveUpAfter", WAIT).orElse(Duration.ofHours(24)));
    requireOrder(section, read);
    return read;
  }

  static boolean waitsTooOften(Completion read) {
    return read.longestWait().multipliedBy(MAX_WAITS).compareTo(read.giveUpAfter()) < 0;
  }

  private static void requireOrder(Section section, Completion read) {
    if (section.isSound("firstWait", "longestWait")
        && read.longestWait().compareTo(read.firstWait()) < 0) {
      refuse(section, "longestWait", read.longestWait(), "at least firstWait, ", read.firstWait());
    }
    if (!section.isSound("longestWait", "giveUpAfter")) {
      return;
    }
    if (read.giveUpAfter().compareTo(read.longestWait()) < 0) {
      refuse(
          section, "giveUpAfter", read.giveUpAfter(), "at least longestWait, ", read.longestWait());
    } else if (waitsTooOften(read)) {
      section.refuse(
          "longestWait",
          Quoted.quote(DurationText.format(read.longestWait())),
          ("at least a thousandth of giveUpAfter, %s: "
                  + "a run must stay well under the 25,000 history events of Step Functions")
              .formatted(DurationText.format(read.giveUpAfter())));
    }
  }

  private static void refuse(
      Section section, String field, Duration found, String expected, Duration other) {
    section.refuse(
        field, Quoted.quote(DurationText.format(found)), expected + DurationText.format(other));
  }
}
