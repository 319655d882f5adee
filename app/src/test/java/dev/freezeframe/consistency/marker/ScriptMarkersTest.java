package dev.freezeframe.consistency.marker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.VolumeId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptMarkersTest {
  private static final String FROZEN =
      "FREEZEFRAME event=frozen at=2026-11-22T02:00:03.120Z document=filesystem mounts=1\n";
  private static final VolumeId ONE = new VolumeId("vol-0123456789abcdef0");
  private static final VolumeId TWO = new VolumeId("vol-0123456789abcdef1");

  private static final AttemptId ATTEMPT = AttemptId.of("execution", 1);

  private static HeldVolumes held(String lines) {
    return of(lines).orElseThrow();
  }

  private static Optional<HeldVolumes> of(String lines) {
    return ScriptMarkers.of(FROZEN + lines.replace("ours", ATTEMPT.value())).held(ATTEMPT);
  }

  @Test
  void theVolumesThatWereHeldAreRead() {
    HeldVolumes held =
        held(
            """
            FREEZEFRAME event=held at=2026-11-22T02:00:03.121Z execution=ours document=filesystem volumes=vol-0123456789abcdef0,vol-0123456789abcdef1
            FREEZEFRAME event=unheld at=2026-11-22T02:00:03.121Z volumes=vol-0abc0000000000001 cause="/ is \\"root\\""
            """);

    assertThat(held.volumes()).containsExactly(ONE, TWO);
    assertThat(held.unheld()).containsEntry(new VolumeId("vol-0abc0000000000001"), "/ is \"root\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FREEZEFRAME event=held at=2026-11-22T02:00:03.121Z execution=ours volumes=\n",
        "FREEZEFRAME event=held at=2026-11-22T02:00:03.121Z execution=ours volumes=\"\"\n",
        "FREEZEFRAME event=held at=2026-11-22T02:00:03.121Z execution=ours\n",
        "FREEZEFRAME event=held at=2026-11-22T02:00:03.121Z execution=ours volumes=nvme1n1,vol-,vol-XYZ00000,vol-0123456789abcdef0x\n",
      })
  void whatNamesNoVolumeHoldsNone(String line) {
    assertThat(held(line).volumes()).isEmpty();
  }

  @Test
  void theLastWordCounts() {
    HeldVolumes held =
        held(
            """
            FREEZEFRAME event=held at=2026-11-22T02:00:03Z execution=ours volumes=vol-0123456789abcdef0
            FREEZEFRAME event=held at=2026-11-22T02:00:04Z execution=ours volumes=vol-0123456789abcdef1
            """);

    assertThat(held.volumes()).isEqualTo(List.of(TWO));
  }

  @Test
  void aLineThatOnlyQuotesAStampIsNone() {
    assertThat(of("log: FREEZEFRAME event=held execution=ours volumes=vol-0123456789abcdef0"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " execution=6f0e", " execution=None", " execution=\"ours \"", " x=ours"})
  void whatDoesNotNameTheAttemptProvesNothing(String execution) {
    assertThat(of("FREEZEFRAME event=held" + execution + " volumes=vol-0123456789abcdef0\n"))
        .isEmpty();
  }
}
