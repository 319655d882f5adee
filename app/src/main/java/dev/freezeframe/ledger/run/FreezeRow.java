package dev.freezeframe.ledger.run;

import static java.time.temporal.ChronoUnit.MILLIS;
import static java.util.Comparator.comparing;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.consistency.script.DocumentVersion;
import java.time.Instant;
import java.util.List;

/**
 * One attempt that was about to freeze a guest, written before its pre-script is sent.
 *
 * @param number of the attempt, from 1
 * @param redrives how often the execution had been redriven when it ordered the attempt
 * @param timeoutSeconds the time-out of its scripts
 * @param thawFollows whether the policy has a post-script; without one the pre-script is taken to
 *     hold nothing still
 * @param thaws every post-script sent for it, in the order sent; the first ends the freeze
 */
public record FreezeRow(
    RunId run,
    InstanceId instance,
    int number,
    AttemptId attempt,
    String execution,
    int redrives,
    DocumentVersion document,
    int timeoutSeconds,
    Instant orderedAt,
    boolean thawFollows,
    List<Thaw> thaws) {

  public FreezeRow {
    if (number < 1) {
      throw new IllegalArgumentException(
          "attempt of %s in %s: expected a number from 1, found %d"
              .formatted(instance, run, number));
    }
    orderedAt = orderedAt.truncatedTo(MILLIS);
    thaws = thaws.stream().sorted(comparing(Thaw::sentAt).thenComparing(Thaw::by)).toList();
  }

  /** Whether a post-script's answer says that the guest is not frozen by this attempt. */
  public boolean thawProved() {
    return thaws.stream().anyMatch(Thaw::proved);
  }

  /**
   * One post-script.
   *
   * @param sentAt when it was sent, by AWS's clock
   * @param by the task that sent it
   * @param answer its result
   * @param proved whether the answer says that the guest is thawed
   */
  public record Thaw(Instant sentAt, String by, String answer, boolean proved) {

    public Thaw {
      sentAt = sentAt.truncatedTo(MILLIS);
    }
  }
}
