package dev.freezeframe.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.consistency.DocumentPin;
import dev.freezeframe.ledger.FreezeRow;
import dev.freezeframe.ledger.OutcomeRow;
import dev.freezeframe.ledger.RunView;
import dev.freezeframe.policy.PolicyName;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.target.InstanceId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreezeDoubtsTest {
  private static final Instant DUE = Instant.parse("2026-11-22T02:00:00Z");
  private static final String SERVER = "i-0aaa0000000000001";
  private static final FreezeRow.Thaw PROOF = thaw("succeeded", true);

  private static FreezeRow.Thaw thaw(String answer, boolean proved) {
    return new FreezeRow.Thaw(DUE.plusSeconds(40), "RunPostScript", answer, proved);
  }

  private static FreezeRow freeze(
      String instance, int number, String document, FreezeRow.Thaw... thaws) {
    return new FreezeRow(
        RunId.of(new PolicyName("daily"), DUE),
        new InstanceId(instance),
        number,
        AttemptId.of("arn:" + instance, number),
        "arn:" + instance,
        new DocumentPin(document, "3", "ab"),
        30,
        DUE.plusSeconds(number),
        Arrays.asList(thaws));
  }

  private static List<Report.Doubt> doubts(FreezeRow... freezes) {
    return doubts(List.of(), freezes);
  }

  private static List<Report.Doubt> doubts(List<OutcomeRow> outcomes, FreezeRow... freezes) {
    return FreezeDoubts.of(
        List.of(new RunView(Optional.empty(), List.of(), Arrays.asList(freezes), outcomes)));
  }

  private static OutcomeRow outcome(OutcomeRow.Status status) {
    return new OutcomeRow(
        RunId.of(new PolicyName("daily"), DUE),
        new InstanceId(SERVER),
        "arn:" + SERVER,
        status,
        Optional.empty(),
        "reason",
        Optional.empty(),
        Optional.of("succeeded"),
        Optional.empty(),
        1,
        Optional.empty(),
        List.of(),
        DUE.plusSeconds(90));
  }

  @Test
  void aProvedThawLeavesNoDoubt() {
    assertThat(doubts(freeze(SERVER, 1, "filesystem", PROOF))).isEmpty();
  }

  @Test
  void aFreezeWithoutAProvedThawIsDoubtedAndSaysWhatIsKnown() {
    assertThat(
            doubts(
                freeze("i-0aaa0000000000002", 1, "filesystem", thaw("timed out", false)),
                freeze(SERVER, 1, "filesystem")))
        .containsExactly(
            new Report.Doubt(
                SERVER,
                "attempt 1 of daily-20261122T020000Z ordered the pre-script of filesystem at"
                    + " 2026-11-22T02:00:01Z, and no post-script is on record"),
            new Report.Doubt(
                "i-0aaa0000000000002",
                "attempt 1 of daily-20261122T020000Z ordered the pre-script of filesystem at"
                    + " 2026-11-22T02:00:01Z, and no post-script on record proves a thaw; the last"
                    + " answer: timed out"));
  }

  @Test
  void aLaterProofOfTheSameDocumentEndsADoubtAndOneOfAnotherDoesNot() {
    FreezeRow doubtful = freeze(SERVER, 1, "filesystem");

    assertThat(doubts(freeze(SERVER, 2, "filesystem", PROOF), doubtful)).isEmpty();
    assertThat(doubts(freeze(SERVER, 2, "mysql", PROOF), doubtful)).hasSize(1);
  }

  @Test
  void aPolicyWithoutAPostScriptHoldsNothingStillAndItsSuccessSaysSo() {
    FreezeRow sync = freeze(SERVER, 1, "sync");

    assertThat(doubts(List.of(outcome(OutcomeRow.Status.SUCCEEDED)), sync)).isEmpty();
    assertThat(doubts(List.of(outcome(OutcomeRow.Status.FAILED)), sync)).hasSize(1);
  }
}
