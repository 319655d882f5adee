package dev.freezeframe.restore.undo;

import static dev.freezeframe.restore.undo.UndoneRestore.DEVICE;
import static dev.freezeframe.restore.undo.UndoneRestore.NEW;
import static dev.freezeframe.restore.undo.UndoneRestore.OLD;
import static dev.freezeframe.restore.undo.UndoneRestore.OTHER;
import static dev.freezeframe.restore.undo.UndoneRestore.SERVER;
import static dev.freezeframe.restore.undo.UndoneRestore.facts;
import static dev.freezeframe.restore.undo.UndoneRestore.free;
import static dev.freezeframe.restore.undo.UndoneRestore.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestorePlan.Replacement;
import dev.freezeframe.restore.ec2.VolumeView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UndoDecisionTest {

  private static UndoStep next(String state, boolean stopped, VolumeView... volumes) {
    return UndoDecision.next(facts(Destination.IN_PLACE, state, stopped, volumes));
  }

  @Test
  void anInstanceOfWhichNothingWasChangedIsLeftAsItIs() {
    VolumeView old = on(OLD, SERVER, "attached", true);

    assertThat(next("running", false, old, free(NEW, "available")))
        .isInstanceOf(UndoStep.Done.class);
    assertThat(next("stopped", false, old)).isInstanceOf(UndoStep.Done.class);
  }

  @Test
  void anInstanceThatWasStoppedIsStartedOnceItsVolumesAreItsOwn() {
    VolumeView old = on(OLD, SERVER, "attached", true);

    assertThat(next("stopping", true, old)).isInstanceOf(UndoStep.Wait.class);
    assertThat(next("stopped", true, old)).isEqualTo(new UndoStep.Start());
    assertThat(next("pending", true, old)).isInstanceOf(UndoStep.Wait.class);
    assertThat(next("running", true, old)).isInstanceOf(UndoStep.Done.class);
  }

  @Test
  void newVolumesGoOffBeforeOldOnesComeBack() {
    VolumeView old = free(OLD, "available");

    assertThat(next("running", true, old, on(NEW, SERVER, "attached", true)))
        .isEqualTo(new UndoStep.Stop());
    assertThat(next("stopped", true, old, on(NEW, SERVER, "attached", true)))
        .isEqualTo(new UndoStep.Detach(List.of(NEW)));
    assertThat(next("stopped", true, old, on(NEW, SERVER, "detaching", true)))
        .isInstanceOf(UndoStep.Wait.class);
    assertThat(next("stopped", true, old, free(NEW, "available")))
        .isEqualTo(new UndoStep.Attach(List.of(new Replacement(OLD, DEVICE, true))));
    assertThat(next("stopped", true, on(OLD, SERVER, "attaching", false)))
        .isInstanceOf(UndoStep.Wait.class);
    assertThat(next("stopped", true, on(OLD, SERVER, "attached", false)))
        .as("AttachVolume has set the flag to false")
        .isEqualTo(new UndoStep.SetFlags(Map.of(DEVICE, true)));
  }

  @Test
  void whereAnOldVolumeIsGoneNothingIsTouched() {
    assertThat(next("running", false, on(NEW, SERVER, "attached", true)))
        .isInstanceOf(UndoStep.Lost.class);
    assertThat(next("stopped", true, free(OLD, "error"))).isInstanceOf(UndoStep.Lost.class);
    assertThat(
            next(
                "running",
                false,
                on(OLD, OTHER, "attached", true),
                on(NEW, SERVER, "attached", true)))
        .isInstanceOf(UndoStep.Stuck.class);
  }

  @Test
  void aVolumeThatTheGuestUsesIsWaitedForAndNamed() {
    UndoStep step =
        UndoDecision.next(
            facts(Destination.INSTANCE, "running", false, on(NEW, SERVER, "busy", true)));

    assertThat(step)
        .isEqualTo(
            new UndoStep.Wait(
                "%s is in use in the guest of %s; unmount it there, and it is detached"
                    .formatted(NEW, SERVER)));
  }

  @Test
  void anInstanceRunsWithWhatWasCreatedOnlyWhereThatIsAttachedAndItRuns() {
    VolumeView attached = on(NEW, SERVER, "attached", true);

    assertThat(facts(Destination.IN_PLACE, "running", true, attached).runsWithCreated(SERVER))
        .isTrue();
    assertThat(facts(Destination.IN_PLACE, "pending", true, attached).runsWithCreated(SERVER))
        .as("a start that EC2 took may come to nothing")
        .isFalse();
    assertThat(facts(Destination.IN_PLACE, "stopped", true, attached).runsWithCreated(SERVER))
        .isFalse();
    assertThat(
            facts(Destination.IN_PLACE, "running", true, free(NEW, "available"))
                .runsWithCreated(SERVER))
        .isFalse();
    assertThat(facts(Destination.INSTANCE, "running", false, attached).runsWithCreated(SERVER))
        .as("it was attached beside what the instance runs with")
        .isFalse();
  }

  @Test
  void anInstanceThatIsGoneHasNothingToPutBack() {
    assertThat(next("", true)).isInstanceOf(UndoStep.Done.class);
    assertThat(next("terminated", true)).isInstanceOf(UndoStep.Done.class);
  }

  @Test
  void volumesBesideItsOwnAreDetachedOfARunningInstance() {
    assertThat(
            UndoDecision.next(
                facts(Destination.INSTANCE, "running", false, on(NEW, SERVER, "attached", false))))
        .isEqualTo(new UndoStep.Detach(List.of(NEW)));
    assertThat(
            UndoDecision.next(
                facts(Destination.INSTANCE, "running", false, on(NEW, SERVER, "busy", false))))
        .isInstanceOf(UndoStep.Wait.class);
    assertThat(
            UndoDecision.next(
                facts(Destination.INSTANCE, "running", false, free(NEW, "available"))))
        .isInstanceOf(UndoStep.Done.class);
  }

  @Test
  void nothingIsDoneWhileEc2ReplacesARoot() {
    TargetFacts facts =
        facts(Destination.ROOT, "running", false, on(OLD, SERVER, "attached", true));
    TargetFacts underWay =
        new TargetFacts(
            facts.plan(),
            facts.row(),
            facts.state(),
            Optional.of("in-progress"),
            facts.created(),
            facts.volumes());

    assertThat(UndoDecision.next(underWay)).isInstanceOf(UndoStep.Wait.class);
    assertThat(UndoDecision.next(facts)).isInstanceOf(UndoStep.Done.class);
  }

  @Test
  void anInstanceThatEc2LeftWithoutARootGetsItsOwnAndIsStarted() {
    TargetFacts stopped = facts(Destination.ROOT, "stopped", false, free(OLD, "available"));

    assertThat(UndoDecision.next(failed(stopped)))
        .isEqualTo(new UndoStep.Attach(List.of(new Replacement(OLD, DEVICE, true))));
    assertThat(
            UndoDecision.next(
                failed(
                    facts(Destination.ROOT, "stopped", false, on(OLD, SERVER, "attached", true)))))
        .isEqualTo(new UndoStep.Start());
  }

  private static TargetFacts failed(TargetFacts facts) {
    return new TargetFacts(
        facts.plan(),
        facts.row(),
        facts.state(),
        Optional.of("failed-detached"),
        facts.created(),
        facts.volumes());
  }

  @Test
  void volumesAloneHaveNoTarget() {
    assertThat(UndoDecision.next(facts(Destination.VOLUMES, "", false)))
        .isInstanceOf(UndoStep.Done.class);
  }
}
