package dev.freezeframe.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.marker.HeldVolumes;
import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.PreScriptRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SetVerdictTest {
  private static final AttemptId ATTEMPT = AttemptId.of("execution", 1);
  private static final Instant TAKEN = Instant.parse("2026-11-22T02:00:04.100Z");
  private static final VolumeId BOOT = new VolumeId("vol-00000000000000010");
  private static final VolumeId DATA = new VolumeId("vol-00000000000000011");
  private static final VolumeId LOGS = new VolumeId("vol-00000000000000012");
  private static final InstanceId OTHER = new InstanceId("i-00000000000000020");

  private static TakenVolume volume(VolumeId id, InstanceId... elsewhere) {
    return new TakenVolume(id, Optional.of("/dev/sdf"), id.equals(BOOT), List.of(elsewhere));
  }

  private static Evidence scripts(Optional<HeldVolumes> held, PostScriptRun.Answer answer) {
    return new Evidence(
        false,
        Optional.empty(),
        Optional.of(
            new PreScriptRun(
                ATTEMPT,
                TAKEN.minusSeconds(1),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                held)),
        Optional.of(
            new PostScriptRun(
                ATTEMPT,
                TAKEN.plusSeconds(1),
                answer,
                "words",
                Optional.empty(),
                Optional.empty(),
                Optional.empty())),
        Optional.of(TAKEN.plusSeconds(1)),
        List.of(),
        new PointInTime(TAKEN, true));
  }

  private static Evidence holding(VolumeId... volumes) {
    return scripts(
        Optional.of(new HeldVolumes(List.of(volumes), Map.of(BOOT, "/ is the root file system"))),
        PostScriptRun.Answer.THAWED);
  }

  private static Evidence stopped() {
    return new Evidence(
        true,
        Optional.of("the policy has none"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new PointInTime(TAKEN, true));
  }

  private static Verdict judge(SetVerdict verdict, VolumeId volume) {
    return verdict.of(volume);
  }

  @Test
  void aSetOfWhichEverythingWasHeldIsProved() {
    SetVerdict verdict = SetVerdict.of(holding(DATA, LOGS), List.of(volume(DATA), volume(LOGS)));

    assertThat(verdict.whole().consistency()).isEqualTo(Consistency.APPLICATION);
    assertThat(verdict.whole().proof()).contains(Proof.PROVED);
    assertThat(verdict.apart()).isEmpty();
  }

  @Test
  void aSetIsWorthItsWeakestVolumeAndTheReasonNamesItAndWhatToDo() {
    SetVerdict verdict = SetVerdict.of(holding(DATA), List.of(volume(BOOT), volume(DATA)));

    assertThat(verdict.whole().consistency()).isEqualTo(Consistency.CRASH);
    assertThat(verdict.whole().proof()).isEmpty();
    assertThat(verdict.whole().reason())
        .contains(BOOT.value(), "/dev/sdf", "/ is the root file system", "volumes.excludeBoot");
    assertThat(judge(verdict, BOOT).consistency()).isEqualTo(Consistency.CRASH);
    assertThat(judge(verdict, DATA).consistency()).isEqualTo(Consistency.APPLICATION);
    assertThat(judge(verdict, DATA).proof()).contains(Proof.PROVED);
    assertThat(judge(verdict, DATA).reason()).startsWith("held by its scripts");
    assertThat(verdict.heldSomething()).isTrue();
  }

  @Test
  void aVolumeThatTheDocumentDoesNotNameWasNotHeld() {
    SetVerdict verdict = SetVerdict.of(holding(DATA), List.of(volume(DATA), volume(LOGS)));

    assertThat(judge(verdict, LOGS).consistency()).isEqualTo(Consistency.CRASH);
    assertThat(verdict.whole().reason()).contains(LOGS.value()).doesNotContain("excludeBoot");
  }

  @Test
  void aDocumentThatHeldNoVolumeOfTheSetLeavesItCrashConsistent() {
    SetVerdict verdict = SetVerdict.of(holding(), List.of(volume(BOOT), volume(DATA)));

    assertThat(verdict.whole().consistency()).isEqualTo(Consistency.CRASH);
    assertThat(verdict.apart()).isEmpty();
    assertThat(verdict.heldSomething()).isFalse();
  }

  @Test
  void aDocumentThatSaysNothingOfVolumesClaims() {
    SetVerdict verdict =
        SetVerdict.of(
            scripts(Optional.empty(), PostScriptRun.Answer.THAWED),
            List.of(volume(BOOT), volume(DATA)));

    assertThat(verdict.whole().consistency()).isEqualTo(Consistency.APPLICATION);
    assertThat(verdict.whole().proof()).contains(Proof.CLAIMED);
    assertThat(verdict.whole().reason()).contains("exit codes").doesNotContain("held by");
    assertThat(verdict.apart()).isEmpty();
  }

  @Test
  void aVolumeThatAnotherInstanceMayWriteToIsHeldByNeitherScriptsNorAStop() {
    for (Evidence evidence :
        List.of(
            holding(DATA, LOGS),
            stopped(),
            scripts(Optional.empty(), PostScriptRun.Answer.THAWED))) {
      SetVerdict verdict = SetVerdict.of(evidence, List.of(volume(DATA), volume(LOGS, OTHER)));

      assertThat(verdict.whole().consistency()).isEqualTo(Consistency.CRASH);
      assertThat(verdict.whole().reason()).contains(LOGS.value(), OTHER.value());
      assertThat(judge(verdict, DATA).consistency()).isEqualTo(Consistency.APPLICATION);
    }
  }

  @Test
  void whatTheScriptsDoNotProveNoVolumeMakesBetter() {
    SetVerdict verdict =
        SetVerdict.of(
            scripts(
                Optional.of(new HeldVolumes(List.of(DATA), Map.of())),
                PostScriptRun.Answer.AUTO_THAWED),
            List.of(volume(BOOT), volume(DATA)));

    assertThat(verdict.whole().consistency()).isEqualTo(Consistency.UNKNOWN);
    assertThat(verdict.apart()).isEmpty();
  }

  @Test
  void aReasonNamesThreeVolumesAndCountsTheRest() {
    List<TakenVolume> many =
        IntStream.range(100, 228)
            .mapToObj(number -> volume(new VolumeId("vol-%017x".formatted(number))))
            .toList();

    SetVerdict verdict = SetVerdict.of(holding(), many);

    assertThat(verdict.whole().reason()).contains("and 125 more").hasSizeLessThan(1_000);
  }
}
