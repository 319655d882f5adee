package dev.freezeframe.operator.doctor.check.stack;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import java.util.Collection;
import java.util.List;

/** Whether anybody is notified of alarms. */
public final class AlarmTopicCheck {
  private static final String CHECK = "notices";

  private AlarmTopicCheck() {}

  /**
   * Somebody who is notified of them.
   *
   * @param confirmed whether they have said that they want to
   */
  public record Subscription(String endpoint, boolean confirmed) {}

  /** Decides on the topics of the stack together. */
  public static Finding of(Collection<Asked<List<Subscription>>> topics) {
    Troubles troubles = new Troubles(CHECK);
    long confirmed = 0;
    boolean answered = !topics.isEmpty();
    for (Asked<List<Subscription>> topic : topics) {
      answered &= topic.value().isPresent();
      for (Subscription one : troubles.answer(topic).orElse(List.of())) {
        if (one.confirmed()) {
          confirmed++;
        } else {
          troubles.warn(
              "%s has not confirmed".formatted(one.endpoint()),
              "confirm by the link in the mail from AWS Notifications");
        }
      }
    }
    if ((confirmed == 0 && answered) || topics.isEmpty()) {
      troubles.warn(
          "nobody is notified of alarms",
          "set freezeframe:mailTo and deploy, or subscribe to the topic of the stack");
    }
    return troubles.orElse(
        "%s of alarms"
            .formatted(
                confirmed == 1
                    ? "1 subscriber hears"
                    : "%,d subscribers hear".formatted(confirmed)));
  }
}
