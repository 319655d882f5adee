package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WaitsForSlotsTest {
  private static final int QUOTA = 100;

  private static String sentence(int waited, Duration longest, int wouldNeed) {
    return new WaitsForSlots(waited, longest, wouldNeed, 0, new TreeSet<>())
        .sentence(QUOTA)
        .orElseThrow();
  }

  @Test
  void whereNobodyWaitedNothingIsSaid() {
    assertThat(new WaitsForSlots(0, Duration.ZERO, 300, 0, new TreeSet<>()).sentence(QUOTA))
        .isEmpty();
  }

  @Test
  void aQuotaThatIsTooSmallIsToldWithTheOneThatWouldDo() {
    assertThat(sentence(7, Duration.ofMinutes(9), 140))
        .isEqualTo(
            "7 backups waited for slots, unfrozen, the longest for 9 min; 100 snapshots may be"
                + " pending at once in this account and Region, and it would take 140 for none to"
                + " wait (--pending-limit).");
  }

  @Test
  void aWaitThatNoLargerQuotaWouldHaveSavedIsNotBlamedOnIt() {
    assertThat(sentence(1, Duration.ofSeconds(90), 100))
        .isEqualTo(
            "1 backup waited for slots, unfrozen, for 90 s; not for the quota of 100 pending"
                + " snapshots alone, which leaves room for all: EC2 refused a set, or other"
                + " tools had snapshots pending.");
    assertThat(sentence(2, Duration.ofSeconds(90), 0)).doesNotContain("would take");
  }

  @Test
  void aWaitForAVolumeIsBlamedOnItAndNamesAFew() {
    TreeSet<String> one = new TreeSet<>(List.of("i-1"));

    assertThat(new WaitsForSlots(3, Duration.ofMinutes(9), 4, 3, one).sentence(QUOTA))
        .contains(
            "3 backups of i-1 waited for slots, unfrozen, the longest for 9 min: a volume"
                + " had as many pending or failed snapshots as EC2 lets it have.");
    assertThat(new WaitsForSlots(3, Duration.ofMinutes(9), 140, 2, one).sentence(QUOTA))
        .hasValueSatisfying(
            words ->
                assertThat(words)
                    .contains("; 2 because a volume had", "it would take 140 for none to wait"));
  }
}
