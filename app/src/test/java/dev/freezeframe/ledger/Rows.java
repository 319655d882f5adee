package dev.freezeframe.ledger;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.PageRow;
import dev.freezeframe.ledger.run.RunRow;
import dev.freezeframe.ledger.run.RunSummary;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rows of one run, for the tests of the ledger. */
public final class Rows {
  public static final Instant TWO = Instant.parse("2026-11-22T02:00:00Z");
  static final PolicyName DAILY = new PolicyName("daily");
  public static final RunId RUN = RunId.of(DAILY, TWO);
  public static final InstanceId SERVER = instance(1);
  public static final String EXECUTION =
      "arn:aws:states:eu-central-1:123456789012:execution:backup:one";
  public static final String OTHER_EXECUTION =
      "arn:aws:states:eu-central-1:123456789012:execution:backup:two";

  private Rows() {}

  public static InstanceId instance(int number) {
    return new InstanceId("i-%017x".formatted(number));
  }

  public static SnapshotId snapshotId(int number) {
    return new SnapshotId("snap-%017x".formatted(number));
  }

  public static RunRow run(String execution) {
    return new RunRow(RUN, DAILY, TWO, execution, TWO.plusMillis(1234), Optional.empty());
  }

  static RunSummary summary(String sentence, Instant at) {
    return new RunSummary(3, 1, 2, 2, 1, 0, sentence, at);
  }

  public static PageRow page(int number, int instances) {
    List<InstanceId> selected =
        IntStream.range(0, instances).mapToObj(i -> instance(number * 1000 + i)).toList();
    return new PageRow(
        RUN, number, selected, List.of(new PageRow.Invalid(SERVER, "it hibernates")), true);
  }

  public static AttemptId attempt(int number) {
    return AttemptId.of(EXECUTION, number);
  }

  public static FreezeRow freeze(InstanceId instance, int number, FreezeRow.Thaw... thaws) {
    return freeze(instance, number, true, thaws);
  }

  public static FreezeRow freeze(
      InstanceId instance, int number, boolean thawFollows, FreezeRow.Thaw... thaws) {
    return new FreezeRow(
        RUN,
        instance,
        number,
        attempt(number),
        EXECUTION,
        number - 1,
        new DocumentVersion("freeze-and-thaw", "3", "ab".repeat(32), true),
        60,
        TWO.plusSeconds(number),
        thawFollows,
        List.of(thaws));
  }

  public static FreezeRow.Thaw thaw(int second, String by, String answer, boolean proved) {
    return new FreezeRow.Thaw(TWO.plusSeconds(second), by, answer, proved);
  }

  public static OutcomeRow outcome(
      InstanceId instance, String execution, String reason, Instant at) {
    return outcome(instance, execution, OutcomeRow.Status.FAILED, reason, at);
  }

  public static OutcomeRow outcome(
      InstanceId instance, String execution, OutcomeRow.Status status, String reason, Instant at) {
    return new OutcomeRow(
        RUN,
        instance,
        execution,
        status,
        Optional.of(Consistency.APPLICATION),
        Optional.of(Proof.CLAIMED),
        reason,
        Optional.of(AttemptId.of(execution, 1)),
        Optional.of("succeeded"),
        Optional.of("succeeded"),
        1,
        Optional.of(Duration.ofMillis(4321)),
        List.of(snapshotId(1), snapshotId(2)),
        at);
  }

  public static SnapshotRow pending(int number) {
    return pending(number, RUN);
  }

  public static SnapshotRow pending(int number, RunId run) {
    return SnapshotRow.pending(
        snapshotId(number),
        AttemptId.of(EXECUTION, 1),
        new VolumeId("vol-%017x".formatted(number)),
        SERVER,
        DAILY,
        run,
        EXECUTION,
        TWO.plusMillis(5678),
        Optional.empty());
  }

  public static List<SnapshotRow> pending(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Rows::pending).toList();
  }

  public static SnapshotChange completed(int number, int minute) {
    return new SnapshotChange(
        snapshotId(number),
        SnapshotState.COMPLETED,
        TWO.plus(Duration.ofMinutes(minute)),
        Optional.empty());
  }

  public static SnapshotChange failed(int number, int minute) {
    return new SnapshotChange(
        snapshotId(number),
        SnapshotState.ERROR,
        TWO.plus(Duration.ofMinutes(minute)),
        Optional.of("client error"));
  }

  static SnapshotRow judged(
      SnapshotRow row, Consistency consistency, String reason, Optional<Instant> expiresAt) {
    return row.judged(verdict(consistency, reason), expiresAt);
  }

  /** The same on all volumes of a set. */
  public static SetVerdict verdict(Consistency consistency, String reason) {
    return SetVerdict.on(
        new Verdict(
            consistency,
            consistency == Consistency.APPLICATION ? Optional.of(Proof.PROVED) : Optional.empty(),
            reason));
  }
}
