package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A set is worth its weakest volume; what nobody proves is told from what is proved. */
class HeldVolumesTest {

  private static Map<String, Consistency> worths(InstanceReport report) {
    return report.snapshots().stream()
        .collect(
            Collectors.toMap(
                row -> row.volume().value(), row -> row.verdict().orElseThrow().consistency()));
  }

  @Test
  void aBootVolumeThatTheDocumentPassesOverIsCrashConsistent() {
    Result result = Cases.scene("boot-volume-in-the-set", "policy.yaml", "fleet.json").play();
    InstanceReport report = result.reports().get(0);

    assertThat(report.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(report.consistency()).contains("CRASH");
    assertThat(report.proof()).isEmpty();
    assertThat(report.reason())
        .contains("nothing held vol-00000000000000010 (/dev/xvda)", "volumes.excludeBoot");
    assertThat(worths(report))
        .containsEntry("vol-00000000000000010", Consistency.CRASH)
        .containsEntry("vol-00000000000000011", Consistency.APPLICATION);
    assertThat(result.snapshots())
        .allSatisfy(
            view -> {
              boolean boot = view.volumeId().equals("vol-00000000000000010");
              assertThat(view.tags())
                  .containsEntry("freezeframe:set-consistency", "CRASH")
                  .containsEntry("freezeframe:consistency", boot ? "CRASH" : "APPLICATION")
                  .containsEntry("freezeframe:proof", boot ? "NONE" : "PROVED");
            });
  }

  @Test
  void aPolicyThatTakesNoLessSucceedsWhereItsScriptsHeldWhatTheyHold() {
    InstanceReport report =
        Cases.scene("boot-volume-in-the-set", "policy.yaml", "fleet.json")
            .policy(
                """
                name: try
                schedule: {cron: "0 2 * * ? *"}
                volumes: {excludeBoot: false}
                scripts: {document: freezeframe-filesystem, fallBackToCrashConsistent: false}
                """)
            .play()
            .reports()
            .get(0);

    assertThat(report.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(report.consistency()).contains("CRASH");
  }

  @Test
  void aVolumeOfTwoInstancesIsNotHeldByTheStopOfOne() {
    InstanceReport report = Cases.play("volume-of-two-instances", "policy.yaml", "fleet.json");

    assertThat(report.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(report.consistency()).contains("CRASH");
    assertThat(report.reason()).contains("vol-00000000000000099", "i-00000000000000020");
    assertThat(worths(report)).isEqualTo(Map.of("vol-00000000000000099", Consistency.CRASH));
  }

  @Test
  void whatOnlyExitCodesSayIsClaimed() {
    Result result = Cases.scene("document-that-does-nothing", "policy.yaml", "fleet.json").play();
    InstanceReport report = result.reports().get(0);

    assertThat(report.consistency()).contains("APPLICATION");
    assertThat(report.proof()).contains(Proof.CLAIMED);
    assertThat(report.reason()).contains("exit codes").doesNotContain("held by");
    assertThat(report.snapshots())
        .extracting(SnapshotRow::verdict)
        .extracting(own -> own.flatMap(Verdict::proof))
        .containsOnly(Optional.of(Proof.CLAIMED));
    assertThat(result.assumed()).containsExactly("nothing");
  }

  @Test
  void aDocumentThatDoesNotSayWhatItHoldsFreezesUntilItsPostScript() {
    Result result =
        Cases.scene("holds-that-are-not-known", "iris-like.policy.yaml", "fleet.json")
            .faults(hangingPostScripts())
            .play();

    assertThat(result.stillFrozen()).containsExactly("i-00000000000000010");
    assertThat(result.good()).isFalse();
    assertThat(result.assumed()).containsExactly("iris-like");
  }

  private static Faults hangingPostScripts() {
    return Faults.NONE.withGuests(
        new GuestFault() {
          @Override
          public ScriptBehavior script(String instanceId, String command) {
            return command.equals("post-script") ? new ScriptBehavior.Hangs() : ScriptBehavior.GOOD;
          }
        });
  }

  @Test
  void aTimerThatSomeoneDescribesEndsTheFreezeBeforeALatePostScript() {
    List<EmbeddedCloud> clouds = new ArrayList<>();
    InstanceReport report =
        Cases.scene("holds-that-are-not-known", "own-timer.policy.yaml", "fleet.json")
            .besides(clouds::add)
            .faults(latePostScripts(clouds))
            .play()
            .reports()
            .get(0);

    assertThat(report.consistency()).contains("UNKNOWN");
    assertThat(report.reason()).contains("(205)");
    assertThat(report.frozen()).isLessThan(Duration.ofSeconds(65));
  }

  private static Faults latePostScripts(List<EmbeddedCloud> clouds) {
    return Faults.NONE.withGuests(
        new GuestFault() {
          @Override
          public ScriptBehavior script(String instanceId, String command) {
            boolean early =
                clouds.get(0).time().instant().isBefore(Scene.DUE.plus(Duration.ofMinutes(3)));
            return command.equals("post-script") && early
                ? new ScriptBehavior.Undelivered(Optional.empty())
                : ScriptBehavior.GOOD;
          }
        });
  }
}
