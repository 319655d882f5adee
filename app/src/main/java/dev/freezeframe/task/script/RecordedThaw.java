package dev.freezeframe.task.script;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.RunId;
import dev.freezeframe.consistency.script.CommandRefusedException;
import dev.freezeframe.consistency.script.DocumentRefusedException;
import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.script.ScriptFailedException;
import dev.freezeframe.consistency.script.ScriptOrder;
import dev.freezeframe.consistency.script.ThawNotProvedException;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Thaws what an attempt on record may have frozen, and puts on record what the guest answered. */
public final class RecordedThaw {
  /** What stands in an answer's place until there is one. */
  private static final String SENT = "sent";

  /** The order in which those that nothing proves to be thawed are asked. */
  public static final Comparator<FreezeRow> LONGEST_ASKED_FIRST =
      Comparator.comparing(RecordedThaw::lastAsked);

  private final Thaw thaw;
  private final Ledger ledger;
  private final Measurements measurements;
  private final Clock clock;
  private final String by;

  /**
   * Thaws for a task.
   *
   * @param by its name
   */
  public RecordedThaw(Thaw thaw, Ledger ledger, Measurements measurements, Clock clock, String by) {
    this.thaw = thaw;
    this.ledger = ledger;
    this.measurements = measurements;
    this.clock = clock;
    this.by = by;
  }

  /**
   * Puts on record that post-scripts are sent, before the first is: a verdict must not be given
   * over it.
   *
   * <p>A try of this task that was not answered goes on under its record: a call that is throttled
   * for hours is tried thousands of times, and DynamoDB takes an item of 400 KB at most.
   *
   * @return when; the answer replaces what this one put on record
   */
  public Instant begin(FreezeRow freeze) {
    Optional<Instant> unanswered =
        freeze.thaws().stream()
            .filter(sent -> sent.by().equals(by) && sent.answer().equals(SENT))
            .map(FreezeRow.Thaw::sentAt)
            .findFirst();
    Instant sentAt = unanswered.orElseGet(clock::instant);
    if (unanswered.isEmpty()) {
      record(freeze, new FreezeRow.Thaw(sentAt, by, SENT, false));
    }
    return sentAt;
  }

  /**
   * Sends a post-script once.
   *
   * @param begun when its try was put on record
   * @throws ThawNotProvedException if the guest gave no answer
   * @throws ScriptFailedException if it answered that it could not
   * @throws RuntimeException if the post-script was not sent
   */
  public PostScriptRun send(FreezeRow freeze, Instant begun) {
    ScriptOrder post =
        new ScriptOrder(
            freeze.instance(),
            freeze.document(),
            Script.POST_SCRIPT,
            freeze.attempt(),
            Duration.ofSeconds(freeze.timeoutSeconds()));
    PostScriptRun sent = answered(post, freeze, begun);
    PostScriptRun answer = thaw.confirm(post, sent, freeze.orderedAt(), false);
    record(freeze, new FreezeRow.Thaw(begun, by, answer.words(), true));
    return answer;
  }

  private PostScriptRun answered(ScriptOrder post, FreezeRow freeze, Instant begun) {
    try {
      return thaw.send(post, () -> Optional.of(freeze.orderedAt()));
    } catch (ThawNotProvedException | ScriptFailedException silent) {
      // Somebody may have sent the same script by hand, which has ended the freeze.
      return thaw.byHand(post, freeze.orderedAt())
          .orElseThrow(
              () -> {
                failed(freeze.run(), post, begun, since(freeze, begun), silent);
                return silent;
              });
    } catch (RuntimeException notSent) {
      failed(freeze.run(), post, begun, since(freeze, begun), notSent);
      throw notSent;
    }
  }

  /** The first try of this task for a freeze may have been that of another invocation. */
  private Instant since(FreezeRow freeze, Instant begun) {
    return freeze.thaws().stream()
        .filter(sent -> sent.by().equals(by) && !sent.proved())
        .map(FreezeRow.Thaw::sentAt)
        .min(Comparator.naturalOrder())
        .orElse(begun);
  }

  /**
   * Tells of a post-script that proved no thaw. A call that Systems Manager was too busy for, or
   * that it may not have taken, is made again at once: it is told of once, and only where the guest
   * has waited for longer than the script's time-out.
   *
   * @param begun under which the try is on record
   * @param since when the first of the tries began
   */
  void failed(RunId run, ScriptOrder post, Instant begun, Instant since, RuntimeException why) {
    boolean decided =
        why instanceof ThawNotProvedException
            || why instanceof ScriptFailedException
            || why instanceof CommandRefusedException
            || why instanceof DocumentRefusedException;
    if (decided || clock.instant().isAfter(since.plus(post.timeout()))) {
      unproved(run, post, begun, decided, why);
    }
  }

  /**
   * Puts on record that a guest gave no answer, or that it could not thaw; the first time for an
   * attempt it is counted as one of which nothing proves that it is thawed. A proof that another
   * task or a person has brought meanwhile stands.
   */
  private void unproved(
      RunId run, ScriptOrder post, Instant begun, boolean decided, RuntimeException why) {
    List<FreezeRow> attempts =
        ledger.freezes(run, post.instance()).stream()
            .filter(freeze -> freeze.attempt().equals(post.attempt()))
            .toList();
    if (attempts.stream().anyMatch(FreezeRow::thawProved)) {
      return;
    }
    boolean first = attempts.stream().anyMatch(freeze -> freeze.thawFollows() && !isTold(freeze));
    if (first) {
      measurements.record(run.policy(), Map.of(Metric.THAW_UNPROVED, 1.0));
    }
    if (first || decided) {
      ledger.recordThaw(
          run,
          post.instance(),
          post.attempt(),
          new FreezeRow.Thaw(begun, by, LogSafe.of(String.valueOf(why.getMessage())), false));
    }
  }

  /** Whether it has been counted that a post-script of an attempt proved no thaw. */
  public static boolean isTold(FreezeRow freeze) {
    return freeze.thaws().stream()
        .anyMatch(
            sent ->
                !sent.proved()
                    && !sent.answer().equals(SENT)
                    && !sent.answer().equals(Thaw.MAY_STILL_FREEZE));
  }

  private static Instant lastAsked(FreezeRow freeze) {
    return freeze.thaws().stream()
        .map(FreezeRow.Thaw::sentAt)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private void record(FreezeRow freeze, FreezeRow.Thaw sent) {
    ledger.recordThaw(freeze.run(), freeze.instance(), freeze.attempt(), sent);
  }
}
