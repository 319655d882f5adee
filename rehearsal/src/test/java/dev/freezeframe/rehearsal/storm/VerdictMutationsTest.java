package dev.freezeframe.rehearsal.storm;

import org.junit.jupiter.api.Test;

/** What is said of a single volume is held to the truth. */
class VerdictMutationsTest {

  @Test
  void aSetThatIsCalledWhatItsBestVolumeIsIsCaught() {
    MutationsTest.assertCaught(
        new ApplicationIsTrue().name(), 40, Bugs.callsASetWhatItsBestVolumeIs());
  }
}
