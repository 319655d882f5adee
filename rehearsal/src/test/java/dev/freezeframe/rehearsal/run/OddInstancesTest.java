package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.rehearsal.events.SchedulerFault;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.HibernationOptions;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Volume;

class OddInstancesTest {
  private static final String WITH_TEMPLATE =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      scripts: {document: the-template, timeout: 30s}
      """;

  private static InstanceReport only(Result result) {
    Invariants.areKept(result);
    assertThat(result.reports()).hasSize(1);
    return result.reports().get(0);
  }

  private static Fleet changed(Consumer<Instance.Builder> change) {
    Fleet fleet = Fleets.one(1, 2);
    Instance instance = fleet.instances().get(0).copy(change);
    return new Fleet(List.of(instance), fleet.volumes());
  }

  private static Fleet inState(InstanceStateName name) {
    return changed(instance -> instance.state(InstanceState.builder().name(name).build()));
  }

  private static String template() throws IOException {
    return Files.readString(
        Path.of(
            System.getProperty("freezeframe.root"),
            "app/src/test/resources/documents/dlm-template.yaml"),
        StandardCharsets.UTF_8);
  }

  @Test
  void aStoppedInstanceIsQuiescent() {
    InstanceReport report = only(Scene.of(inState(InstanceStateName.STOPPED)).play());

    assertThat(report.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(report.consistency()).contains("APPLICATION");
    assertThat(report.reason()).contains("was stopped over the point in time");
    assertThat(report.states()).doesNotContain("Run pre-script");
  }

  /** Whatever the moment of the start, a set of a machine that ran is never called consistent. */
  @Test
  void aStoppedInstanceThatIsStartedMeanwhileIsNot() {
    boolean crash = false;
    for (int millis = 2_000; millis <= 8_000; millis += 500) {
      Instant started = Scene.DUE.plusMillis(millis);
      Result result =
          Scene.of(inState(InstanceStateName.STOPPED))
              .besides(
                  cloud -> cloud.time().at(started, () -> cloud.ec2().start(Fleets.instanceId(1))))
              .play();
      InstanceReport report = only(result);
      if (report.reason().contains("was stopped over the point in time")) {
        // no operating system writes in the second for which EC2 still shows it as stopped
        assertThat(report.snapshots().get(0).pointInTime()).isBefore(started.plusSeconds(1));
      }
      crash |= report.consistency().equals(Optional.of("CRASH"));
    }
    assertThat(crash).as("some start fell between inspection and check").isTrue();
  }

  @Test
  void aTerminatedInstanceIsSkippedWithTheReason() {
    InstanceReport report = only(Scene.of(inState(InstanceStateName.TERMINATED)).play());

    assertThat(report.status()).isEqualTo(Status.SKIPPED);
    assertThat(report.reason())
        .isEqualTo("tagged snapshot=snapshot, but the instance is terminated");
  }

  @Test
  void anInstanceThatIsEnabledForHibernationIsSkippedWithTheReason() {
    Fleet fleet =
        changed(
            instance ->
                instance.hibernationOptions(HibernationOptions.builder().configured(true).build()));

    assertThat(only(Scene.of(fleet).play()).reason()).contains("enabled for hibernation");
  }

  @Test
  void anInstanceThatIsTerminatedWhileItIsFrozenEndsWithAnAnswer() {
    for (int millis = 500; millis <= 12_500; millis += 1_500) {
      Instant when = Scene.DUE.plusMillis(millis);
      Result result =
          Scene.of(Fleets.one(1, 2))
              .besides(
                  cloud -> cloud.time().at(when, () -> cloud.ec2().terminate(Fleets.instanceId(1))))
              .play();

      assertThat(only(result).reason()).as("terminated after %d ms", millis).isNotBlank();
    }
  }

  @Test
  void nothingLeftToSnapshotIsASkipWithTheReason() {
    InstanceReport report = only(Scene.of(Fleets.one(1, 0)).play());

    assertThat(report.status()).isEqualTo(Status.SKIPPED);
    assertThat(report.reason()).startsWith("no volume is left to snapshot: vol-");
  }

  @Test
  void fortyFiveDataVolumesAreOneSet() {
    InstanceReport report = only(Scene.of(Fleets.one(1, 45)).play());

    assertThat(report.consistency()).contains("APPLICATION");
    assertThat(report.snapshots()).hasSize(45);
  }

  @Test
  void fortyFiveExcludedDataVolumesAreRefusedBeforeAnythingIsFrozen() {
    Fleet fleet = Fleets.one(1, 45);
    List<Volume> volumes =
        fleet.volumes().stream()
            .map(
                volume ->
                    volume.volumeId().equals(Fleets.volumeId(1, 0))
                        ? volume.copy(root -> root.tags(List.of()))
                        : volume)
            .toList();
    InstanceReport report =
        only(
            Scene.of(new Fleet(fleet.instances(), volumes))
                .policy(
                    """
                    name: daily
                    schedule: {cron: "0 2 * * ? *"}
                    scripts: {document: freezeframe-filesystem}
                    volumes: {excludeBoot: false, excludeTags: [disk]}
                    """)
                .play());

    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.states()).doesNotContain("Run pre-script");
    assertThat(report.reason()).contains("CreateSnapshots takes at most 40");
  }

  @Test
  void theTemplateOfDlmWorksAsItIs() throws IOException {
    InstanceReport report =
        only(
            Scene.of(Fleets.one(1, 2))
                .policy(WITH_TEMPLATE)
                .document("the-template", template())
                .play());

    assertThat(report.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(report.preScript()).contains("succeeded");
    assertThat(report.postScript()).contains("succeeded");
  }

  @Test
  void aDocumentWithoutDryRunIsRefusedAndTheSetIsCrashConsistent() throws IOException {
    InstanceReport report =
        only(
            Scene.of(Fleets.one(1, 2))
                .policy(WITH_TEMPLATE)
                .document("the-template", template().replace("    - dry-run\n", ""))
                .play());

    assertThat(report.consistency()).contains("CRASH");
    assertThat(report.reason()).contains("breaks the contract: allowedValues of command are");
  }

  @Test
  void aDocumentThatDoesNotExistFallsBackWithTheReason() {
    InstanceReport report = only(Scene.of(Fleets.one(1, 2)).policy(WITH_TEMPLATE).play());

    assertThat(report.consistency()).contains("CRASH");
    assertThat(report.reason()).contains("there is no document the-template");
  }

  @Test
  void aPolicyThatDoesNotFallBackSkipsTheInstance() {
    InstanceReport report =
        only(
            Scene.of(Fleets.one(1, 2))
                .policy(
                    """
                    name: daily
                    schedule: {cron: "0 2 * * ? *"}
                    scripts: {document: the-template, fallBackToCrashConsistent: false}
                    """)
                .play());

    assertThat(report.status()).isEqualTo(Status.SKIPPED);
    assertThat(report.snapshots()).isEmpty();
    assertThat(report.reason())
        .isEqualTo("there is no document the-template, and the policy does not fall back");
  }

  /**
   * The version that was inspected is pinned, so what others make of the document changes nothing.
   */
  @Test
  void aDocumentThatChangesBetweenDryRunAndPreScriptIsSentAsItWasInspected() throws IOException {
    String template = template();
    Result result =
        Scene.of(Fleets.one(1, 2))
            .policy(WITH_TEMPLATE)
            .document("the-template", template)
            .besides(
                cloud ->
                    cloud
                        .time()
                        .at(
                            Scene.DUE.plusSeconds(4),
                            () ->
                                cloud
                                    .ssm()
                                    .putDocument(
                                        "the-template", template.replace("exit 1", "exit 2"))))
            .play();

    assertThat(only(result).consistency()).contains("APPLICATION");
    assertThat(result.calls()).containsEntry("ssm:SendCommand", 3);
  }

  @Test
  void noCommandIsRefusedForAHashInWhateverFormADocumentIsStored() throws IOException {
    String json = new YAMLMapper().readTree(template()).toString();
    for (String stored : List.of(template(), json)) {
      Result result =
          Scene.of(Fleets.one(1, 2)).policy(WITH_TEMPLATE).document("the-template", stored).play();

      assertThat(only(result).consistency()).contains("APPLICATION");
      assertThat(result.calls())
          .containsEntry("ssm:DescribeDocument", 1)
          .containsEntry("ssm:GetDocument", 1)
          .containsEntry("ssm:SendCommand", 3);
    }
  }

  @Test
  void aSchedulerThatFiresTwiceBacksUpOnce() {
    Result result =
        Scene.of(Fleets.of(3, 2))
            .faults(
                Faults.NONE.withSchedules(
                    new SchedulerFault() {
                      @Override
                      public List<Duration> firings(String schedule, Instant scheduledAt) {
                        return List.of(Duration.ZERO, Duration.ofSeconds(2));
                      }
                    }))
            .play();

    Invariants.areKept(result);
    assertThat(result.calls()).containsEntry("ec2:CreateSnapshots", 3);
    assertThat(result.good()).isTrue();
  }

  @Test
  void theSameSeedGivesTheSameRunToTheByte() {
    String first = RunJson.write(Scene.of(Fleets.of(3, 2)).play());

    assertThat(RunJson.write(Scene.of(Fleets.of(3, 2)).play())).isEqualTo(first);
  }

  @Test
  void aPolicyThatMatchesNothingEndsWell() {
    Result result =
        Scene.of(Fleets.of(1, 1))
            .policy("{name: daily, targets: [other], schedule: {cron: \"0 2 * * ? *\"}}")
            .play();

    assertThat(result.reports()).isEmpty();
    assertThat(result.good()).isTrue();
  }
}
