package dev.freezeframe.operator.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillOrder;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.operator.evidence.Evidence.InstanceProof;
import dev.freezeframe.operator.evidence.Evidence.ProofState;
import dev.freezeframe.policy.Drill;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceProofsTest {
  private static final Instant AS_OF = Instant.parse("2027-01-01T00:00:00Z");
  private static final InstanceId INSTANCE = DrawnQuarter.instance(1);
  private static final GroupKey GROUP = new GroupKey(DrawnQuarter.FILES, INSTANCE);

  private static DrillRow row(int daysAgo, DrillVerdict verdict) {
    return row(daysAgo, verdict, Drill.Level.L2);
  }

  private static DrillRow row(int daysAgo, DrillVerdict verdict, Drill.Level reached) {
    Instant at = AS_OF.minus(Duration.ofDays(daysAgo));
    DrillRow begun =
        DrillRow.of(
            DrillId.of(GROUP.policy(), INSTANCE, at),
            new DrillOrder(
                GROUP.policy(),
                DrawnQuarter.drill(90, Drill.Level.L2),
                DrawnQuarter.set(INSTANCE),
                INSTANCE,
                "its turn"),
            "arn:execution",
            at,
            Optional.empty());
    return new DrillRow(
        begun.id(),
        begun.order(),
        begun.execution(),
        begun.startedAt(),
        begun.plan(),
        begun.reached(),
        begun.found(),
        Optional.of(
            new DrillEnd(
                verdict,
                "because",
                List.of(),
                Optional.of(reached),
                DrillCost.NONE,
                List.of(),
                at.plusSeconds(600))));
  }

  private static InstanceProof proof(List<DrillRow> rows) {
    return InstanceProofs.of(GROUP, rows, Optional.of(Duration.ofDays(90)), AS_OF);
  }

  /** Drills as days before and verdicts, and what they come to. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | NEVER_DRILLED",
        "1 SKIPPED | NEVER_DRILLED",
        "1 INCONCLUSIVE | NO_RESULT",
        "2 INCONCLUSIVE, 1 INCONCLUSIVE | NO_RESULT",
        "5 PASSED | PROVED",
        "5 PASSED_WITH_WARNINGS | PROVED",
        "90 PASSED | PROVED",
        "91 PASSED | TOO_OLD",
        "91 PASSED, 1 INCONCLUSIVE | TOO_OLD",
        "91 PASSED, 1 SKIPPED | TOO_OLD",
        "5 PASSED, 1 INCONCLUSIVE | PROVED",
        "5 PASSED, 1 FAILED | FAILED",
        "5 FAILED, 1 PASSED | PROVED",
        "5 FAILED, 1 INCONCLUSIVE | FAILED"
      })
  void theNewestDrillWithAResultDecides(String drills, ProofState state) {
    List<DrillRow> rows =
        Arrays.stream(drills.split(", "))
            .filter(drill -> !drill.isEmpty())
            .map(drill -> drill.split(" "))
            .map(drill -> row(Integer.parseInt(drill[0]), DrillVerdict.valueOf(drill[1])))
            .toList();

    assertThat(proof(rows).state()).isEqualTo(state);
  }

  /** It has looked at what EC2 says of snapshots. */
  @Test
  void aDrillThatRestoredNothingProvesNoRestore() {
    DrillRow complete = row(1, DrillVerdict.PASSED, Drill.Level.L0);

    assertThat(proof(List.of(complete)).state()).isEqualTo(ProofState.COMPLETE);
    assertThat(proof(List.of(row(5, DrillVerdict.PASSED), complete)).state())
        .isEqualTo(ProofState.PROVED);
    assertThat(proof(List.of(row(5, DrillVerdict.FAILED), complete)).state())
        .isEqualTo(ProofState.FAILED);
  }

  @Test
  void aDrillThatHasNotEndedProvesNothing() {
    DrillRow ended = row(1, DrillVerdict.PASSED);
    DrillRow open =
        DrillRow.of(ended.id(), ended.order(), ended.execution(), ended.startedAt(), ended.plan());

    assertThat(proof(List.of(open)).state()).isEqualTo(ProofState.NEVER_DRILLED);
  }

  @Test
  void whereNobodyKnowsHowOldAProofMayBeItIsNeverTooOld() {
    assertThat(
            InstanceProofs.of(
                    GROUP, List.of(row(900, DrillVerdict.PASSED)), Optional.empty(), AS_OF)
                .state())
        .isEqualTo(ProofState.PROVED);
  }
}
