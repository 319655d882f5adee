package dev.freezeframe.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.RunView;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PossiblyFrozenTest {
  private static final Instant DUE = Instant.parse("2026-11-22T02:00:00Z");
  private static final String SERVER = "i-0aaa0000000000001";
  private static final FreezeRow.Thaw PROOF = thaw("succeeded", true);

  private static FreezeRow.Thaw thaw(String answer, boolean proved) {
    return new FreezeRow.Thaw(DUE.plusSeconds(40), "RunPostScript", answer, proved);
  }

  private static FreezeRow freeze(
      String instance, int number, String document, FreezeRow.Thaw... thaws) {
    return freeze(instance, number, document, true, thaws);
  }

  private static FreezeRow freeze(
      String instance, int number, String document, boolean thawFollows, FreezeRow.Thaw... thaws) {
    return new FreezeRow(
        RunId.of(new PolicyName("daily"), DUE),
        new InstanceId(instance),
        number,
        AttemptId.of("arn:" + instance, number),
        "arn:" + instance,
        0,
        new DocumentVersion(document, "3", "ab", true),
        30,
        DUE.plusSeconds(number),
        thawFollows,
        Arrays.asList(thaws));
  }

  private static List<Report.Doubt> doubts(FreezeRow... freezes) {
    return PossiblyFrozen.of(
        List.of(
            new RunView(
                Optional.empty(), List.of(), Arrays.asList(freezes), List.of(), List.of())));
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
  void aPolicyWithoutAPostScriptHoldsNothingStillAndEndsNoDoubt() {
    FreezeRow sync = freeze(SERVER, 2, "filesystem", false);

    assertThat(doubts(sync)).isEmpty();
    assertThat(doubts(freeze(SERVER, 1, "filesystem"), sync)).hasSize(1);
  }
}
