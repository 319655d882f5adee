package dev.freezeframe.task.drill;

import static dev.freezeframe.drill.Drills.EIGHT;
import static dev.freezeframe.drill.Drills.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.drill.DrillBounds;
import dev.freezeframe.drill.DrillCheck;
import dev.freezeframe.drill.DrillCommand;
import dev.freezeframe.drill.DrillCost;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillFailedException;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillOverException;
import dev.freezeframe.drill.DrillPlan;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillTags;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.drill.Drills;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.task.CaughtError;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.TaskResult;
import dev.freezeframe.task.drill.DrilledGuests.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** The functions of drill-set from a claim on, as the state machine invokes them. */
class DrillTasksTest {
  private Instant now = EIGHT;
  private final InMemoryLedger ledger = new InMemoryLedger();
  private final DrilledCloud ec2 = new DrilledCloud(() -> now);
  private final DrilledGuests ssm = new DrilledGuests(() -> now);
  private final DrillDependencies dependencies = new DrillDependencies(ec2, ssm, ledger, () -> now);
  private final LaunchDrillTask launch = new LaunchDrillTask(dependencies);
  private final ValidateDrillTask validate = new ValidateDrillTask(dependencies);
  private final EndDrillTask end = new EndDrillTask(dependencies);
  private final RecordDrillTask record = new RecordDrillTask(dependencies);
  private final SweepDrillsTask sweep = new SweepDrillsTask(dependencies);

  @BeforeEach
  void claimed() {
    ledger.claimDrill(Drills.row(1, EIGHT), EIGHT.plus(OpenDrill.LEASE));
  }

  private DrillRow row() {
    return ledger.drill(Drills.id(1)).orElseThrow();
  }

  private static DrillInput input(
      Optional<DrillCommand> command,
      Optional<DrillStep> step,
      Optional<DrillStep> ended,
      Optional<CaughtError> problem) {
    return new DrillInput(
        Drills.EXECUTION,
        0,
        command,
        new DrillWork(
            Drills.id(1),
            Optional.of(Drills.order(1, Drills.drill())),
            Optional.empty(),
            step.map(answer -> new TaskResult<>(answer, 0)),
            ended.map(answer -> new TaskResult<>(answer, 0)),
            problem,
            Optional.empty()));
  }

  private static DrillInput input(Optional<DrillStep> step) {
    return input(Optional.empty(), step, Optional.empty(), Optional.empty());
  }

  private void passes(long seconds) {
    now = now.plusSeconds(seconds);
    ec2.settle();
  }

  private DrillStep launched() {
    DrillStep step = launch.handle(input(Optional.empty()));
    while (!step.done()) {
      passes(step.waitSeconds());
      step = launch.handle(input(Optional.of(step)));
    }
    return step;
  }

  private DrillStep run(DrillCommand command) {
    DrillStep step = null;
    do {
      step =
          validate.handle(
              input(
                  Optional.of(command),
                  Optional.ofNullable(step),
                  Optional.empty(),
                  Optional.empty()));
      passes(step.waitSeconds());
    } while (!step.done());
    return step;
  }

  private DrillEvent ended(Optional<CaughtError> problem) {
    DrillStep step =
        end.handle(input(Optional.empty(), Optional.empty(), Optional.empty(), problem));
    while (!step.done()) {
      passes(step.waitSeconds());
      step = end.handle(input(Optional.empty(), Optional.empty(), Optional.of(step), problem));
    }
    return record.handle(input(Optional.empty(), Optional.empty(), Optional.of(step), problem));
  }

  private DrillEvent drilled() {
    if (!launched().failed()
        && !run(DrillCommand.DRY_RUN).failed()
        && !run(DrillCommand.VALIDATE).failed()) {
      return ended(Optional.empty());
    }
    return ended(Optional.empty());
  }

  private String stamp(String event) {
    return "FREEZEFRAME event=%s at=%s execution=%s document=drill-filesystem\n"
        .formatted(event, now, Drills.id(1).scriptExecution());
  }

  @Test
  void aSetThatIsGoodPassesAndNothingIsLeft() {
    ssm.guest = request -> new Answer("Success", 0, stamp("mounted") + stamp("checked"));

    DrillEvent event = drilled();

    assertThat(event.verdict()).isEqualTo(DrillVerdict.PASSED);
    assertThat(event.exitCodes()).containsEntry("dry-run", 0).containsEntry("validate", 0);
    assertThat(event.stages())
        .containsKeys("running", "agent", "mounted", "checked", "validated", "gone");
    assertThat(event.cost()).isBetween(0.0001, 0.5);
    assertThat(ec2.remaining()).isEmpty();
    assertThat(dependencies.measured()).containsOnlyKeys(Metric.DRILLS_PASSED);
    assertThat(ledger.setLease(Drills.set(1), now)).isEmpty();
    assertThat(ledger.drilledGroup(Drills.DAILY, Drills.instance(1)).orElseThrow().proved())
        .hasValueSatisfying(proved -> assertThat(proved.set()).isEqualTo(Drills.set(1)));
  }

  @Test
  void anEndOfWhichTheGroupWasNotToldIsToldByTheNextTry() {
    DrillRow begun = Drills.row(2, EIGHT);
    DrillEnd passed =
        new DrillEnd(
            DrillVerdict.PASSED,
            "the validation succeeded",
            List.of(),
            Optional.of(Drill.Level.L2),
            DrillCost.NONE,
            List.of(),
            now);
    ledger.claimDrill(
        new DrillRow(
            begun.id(),
            begun.order(),
            begun.execution(),
            begun.startedAt(),
            begun.plan(),
            begun.reached(),
            begun.found(),
            Optional.of(passed)),
        EIGHT.plus(OpenDrill.LEASE));
    assertThat(ledger.drilledGroup(Drills.DAILY, Drills.instance(2))).isEmpty();

    record.handle(
        new DrillInput(
            begun.execution(),
            0,
            Optional.empty(),
            new DrillWork(
                begun.id(),
                Optional.of(begun.order()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));

    assertThat(ledger.drilledGroup(Drills.DAILY, Drills.instance(2)).orElseThrow().proved())
        .isPresent();
    assertThat(ledger.setLease(Drills.set(2), now)).isEmpty();
  }

  @Test
  void theLaunchIsOneCallThatNamesNothingButTheDrill() {
    launched();

    assertThat(ec2.launches).hasSize(1);
    RunInstancesRequest request = ec2.launches.get(0);
    assertThat(request.clientToken()).isEqualTo(Drills.id(1).value());
    assertThat(request.instanceInitiatedShutdownBehaviorAsString()).isEqualTo("terminate");
    assertThat(request.metadataOptions().httpTokensAsString()).isEqualTo("required");
    assertThat(request.blockDeviceMappings())
        .allSatisfy(
            mapping -> {
              assertThat(mapping.ebs().deleteOnTermination()).isTrue();
              assertThat(mapping.ebs().encrypted()).isNull();
              assertThat(mapping.ebs().kmsKeyId()).isNull();
            })
        .extracting(mapping -> mapping.ebs().snapshotId())
        .containsExactly(snapshot(1).value(), snapshot(2).value());
    assertThat(request.tagSpecifications())
        .allSatisfy(
            tags ->
                assertThat(tags.tags())
                    .extracting(tag -> tag.key())
                    .containsExactly(DrillTags.DRILL))
        .extracting(tags -> tags.resourceTypeAsString())
        .containsExactly("instance", "volume", "network-interface");
    String userData =
        new String(Base64.getDecoder().decode(request.userData()), StandardCharsets.UTF_8);
    assertThat(userData.lines())
        .containsExactly(
            "#!/bin/sh",
            "shutdown -P +70",
            "install -d -m 700 /run/freezeframe",
            "(umask 077; echo %s >/run/freezeframe/drill)"
                .formatted(Drills.id(1).scriptExecution()));
  }

  @Test
  void aLaunchWhoseAnswerIsLostIsFoundByItsToken() {
    ec2.losesAnswer = true;
    assertThatThrownBy(() -> launch.handle(input(Optional.empty())))
        .isInstanceOf(Ec2Exception.class);

    assertThat(launched().failed()).isFalse();
    assertThat(ec2.hosts).hasSize(1);
  }

  @Test
  void whereThereIsNoRoomTheNextSubnetIsTriedUnderTheNextToken() {
    ec2.refuse("InsufficientInstanceCapacity");

    assertThat(launched().failed()).isFalse();
    assertThat(ec2.launches)
        .extracting(RunInstancesRequest::subnetId)
        .containsExactly("subnet-00000001", "subnet-00000002");
    assertThat(ec2.launches.get(1).clientToken()).isEqualTo(Drills.id(1) + "-2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "InsufficientFreeAddressesInSubnet",
        "InsufficientInstanceCapacity",
        "InsufficientVolumeCapacity",
        "Unsupported"
      })
  void whatAnotherZoneMayHaveIsTriedThere(String code) {
    ec2.refuse(code);

    assertThat(launched().failed()).isFalse();
    assertThat(ec2.launches).hasSize(2);
  }

  @Test
  void whereThereIsNoRoomAnywhereNothingIsSaidOfTheSet() {
    ec2.refuse("InsufficientInstanceCapacity", "InsufficientVolumeCapacity");

    DrillEvent event = drilled();

    assertThat(event.verdict()).isEqualTo(DrillVerdict.INCONCLUSIVE);
    assertThat(event.reason()).contains("InsufficientVolumeCapacity");
    assertThat(ec2.remaining()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"InstanceLimitExceeded", "VcpuLimitExceeded", "VolumeLimitExceeded"})
  void aQuotaIsOfTheAccountAndNoOtherSubnetIsTried(String code) {
    ec2.refuse(code);

    DrillEvent event = drilled();

    assertThat(event.verdict()).isEqualTo(DrillVerdict.INCONCLUSIVE);
    assertThat(event.reason()).contains(code);
    assertThat(ec2.launches).hasSize(1);
  }

  @Test
  void moreVolumesThanTheTypeTakesIsAFaultOfThePolicy() {
    ec2.refuse("AttachmentLimitExceeded");

    DrillEvent event = drilled();

    assertThat(event.verdict()).isEqualTo(DrillVerdict.INCONCLUSIVE);
    assertThat(event.reason()).contains("2 volumes are more than the type takes");
    assertThat(ec2.launches).hasSize(1);
  }

  @Test
  void aSnapshotThatIsGoneFailsTheSet() {
    ec2.refuse("InvalidSnapshot.NotFound");

    assertThat(drilled().verdict()).isEqualTo(DrillVerdict.FAILED);
  }

  @Test
  void aKeyThatMayNotBeUsedFailsTheSetAndIsNamed() {
    ec2.ends = Optional.of("Client.InternalError");

    DrillEvent event = drilled();

    assertThat(event.verdict()).isEqualTo(DrillVerdict.FAILED);
    assertThat(event.reason()).contains("Client.InternalError", Drills.KEY);
    assertThat(ec2.remaining()).isEmpty();
  }

  /** It may be that of the image's root, which is not of the set. */
  @Test
  void aKeyThatMayNotBeUsedSaysNothingOfASetWithoutKeys() {
    InMemoryLedger plain = new InMemoryLedger();
    DrillPlan plan = Drills.plan(EIGHT);
    plain.claimDrill(
        DrillRow.of(
            Drills.id(1),
            Drills.order(1, Drills.drill()),
            Drills.EXECUTION,
            EIGHT,
            Optional.of(
                new DrillPlan(
                    plan.pointInTime(),
                    plan.members().subList(1, 2),
                    plan.excluded(),
                    plan.document(),
                    plan.host(),
                    plan.cost()))),
        EIGHT.plus(OpenDrill.LEASE));
    LaunchDrillTask task = new LaunchDrillTask(new DrillDependencies(ec2, ssm, plain, () -> now));
    ec2.ends = Optional.of("Client.InternalError");

    DrillStep step = task.handle(input(Optional.empty()));
    while (!step.done()) {
      passes(step.waitSeconds());
      step = task.handle(input(Optional.of(step)));
    }

    assertThat(step.failed()).isTrue();
    assertThat(plain.drill(Drills.id(1)).orElseThrow().found().trouble().orElseThrow().ofSet())
        .isFalse();
  }

  @Test
  void aSecondExecutionOfADrillEndsNothing() {
    launched();
    DrillInput other =
        new DrillInput(
            Drills.EXECUTION + "-again", 0, Optional.empty(), input(Optional.empty()).work());

    assertThatThrownBy(() -> record.handle(other))
        .isInstanceOf(InputRefusedException.class)
        .hasMessageContaining("which is on record for " + Drills.EXECUTION);

    assertThat(row().open()).isTrue();
    assertThat(ledger.setLease(Drills.set(1), now)).isPresent();
    assertThat(ec2.remaining()).isNotEmpty();
  }

  @Test
  void whereAFunctionDiedBeforeTheStageItIsReachedByTheNextTry() {
    launched();
    run(DrillCommand.DRY_RUN);
    DrillCheck passed = new DrillCheck(ScriptRun.Ending.SUCCEEDED, 0, "", Map.of(), List.of(), now);
    ledger.recordCheck(Drills.id(1), DrillCommand.VALIDATE, passed);

    run(DrillCommand.VALIDATE);

    assertThat(row().at(DrillStage.VALIDATED)).isPresent();
  }

  @Test
  void anAgentThatNeverComesSaysNothingOfTheSet() {
    ssm.online = false;

    DrillEvent event = drilled();

    assertThat(event.verdict()).isEqualTo(DrillVerdict.INCONCLUSIVE);
    assertThat(event.reason()).contains("its agent is not online after 15 minutes");
    assertThat(ssm.sent).isEmpty();
    assertThat(ec2.remaining()).isEmpty();
  }

  @Test
  void damageFailsTheSetInTheWordsOfTheDocument() {
    ssm.guest =
        request ->
            request.comment().contains("dry-run")
                ? new Answer("Success", 0, "")
                : new Answer(
                    "Failed",
                    214,
                    "FREEZEFRAME event=failed at=%s execution=x code=214 cause=\"bad inode\"\n"
                        .formatted(now));

    DrillEvent event = drilled();

    assertThat(event.verdict()).isEqualTo(DrillVerdict.FAILED);
    assertThat(event.reason())
        .isEqualTo("the validation exited with 214: a check found damage: bad inode");
    assertThat(dependencies.measured()).containsOnlyKeys(Metric.DRILLS_FAILED);
    assertThat(ec2.remaining()).isEmpty();
  }

  @Test
  void aDryRunThatRefusesIsTriedForSomeMinutesAndNotFollowedByAValidation() {
    ssm.guest = request -> new Answer("Failed", 206, "");

    DrillEvent event = drilled();

    assertThat(event.verdict()).isEqualTo(DrillVerdict.INCONCLUSIVE);
    assertThat(ssm.sent).hasSizeBetween(3, 6).allMatch(sent -> sent.comment().contains("dry-run"));
    assertThat(ssm.sent).extracting(SendCommandRequest::comment).doesNotHaveDuplicates();
    assertThat(row().check(DrillCommand.DRY_RUN).orElseThrow().exitCode()).isEqualTo(206);
    assertThat(ec2.remaining()).isEmpty();
  }

  /** The second is of the same instance, and breaks off. */
  @Test
  void aSecondDrillInARowThatSaysNothingCountsAsFailed() {
    ssm.online = false;

    drilled();

    assertThat(dependencies.measured()).containsOnlyKeys(Metric.DRILLS_INCONCLUSIVE);
    DrillRow first = row();
    DrillId second = Drills.id(2);
    ledger.claimDrill(
        DrillRow.of(second, first.order(), first.execution(), now, first.plan()),
        now.plus(OpenDrill.LEASE));
    for (int look = 0; look < 12; look++) {
      passes(300);
      sweep.handle(new SweepDrillsTask.Order());
    }
    assertThat(ledger.drill(second).orElseThrow().end().orElseThrow().verdict())
        .isEqualTo(DrillVerdict.INCONCLUSIVE);
    assertThat(dependencies.measured())
        .containsOnlyKeys(Metric.DRILLS_INCONCLUSIVE, Metric.DRILLS_FAILED);
  }

  @Test
  void aGuestWhoseUserDataHasNotRunYetIsAskedAgain() {
    ssm.guest =
        request ->
            now.isBefore(EIGHT.plusSeconds(100))
                ? new Answer("Failed", 206, "")
                : new Answer("Success", 0, "");

    assertThat(drilled().verdict()).isEqualTo(DrillVerdict.PASSED);
    assertThat(ssm.sent)
        .extracting(SendCommandRequest::comment)
        .contains("freezeframe drill dry-run %s try 2".formatted(Drills.id(1)));
  }

  @Test
  void aRefusalThatNobodySawForHoursIsAskedAboutAgain() {
    launched();
    ssm.guest =
        request ->
            request.comment().endsWith("try 2")
                ? new Answer("Success", 0, "")
                : new Answer("Failed", 206, "");
    DrillInput dryRun =
        input(
            Optional.of(DrillCommand.DRY_RUN),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    validate.handle(dryRun);
    passes(2 * 3_600);

    assertThat(run(DrillCommand.DRY_RUN).failed()).isFalse();
    assertThat(ssm.sent).hasSize(2);
  }

  @Test
  void aSecondValidationThatIsRefusedSaysNothingWhileTheFirstRuns() {
    launched();
    run(DrillCommand.DRY_RUN);
    ssm.guest = request -> Answer.NONE;
    ssm.hidden = true;
    DrillInput validation =
        input(
            Optional.of(DrillCommand.VALIDATE),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    validate.handle(validation);
    passes(90);
    validate.handle(validation);
    assertThat(ssm.sent).as("what is not shown for so long is sent again").hasSize(3);

    ssm.hidden = false;
    ssm.hiddenFirst = 2;
    Instant both = now;
    ssm.answers.put(3, new Answer("Failed", 204, ""));
    ssm.guest =
        request ->
            now.isBefore(both.plusSeconds(600)) ? Answer.NONE : new Answer("Failed", 214, "");
    for (int look = 0; look < 3; look++) {
      passes(5);
      assertThat(validate.handle(validation).done()).isFalse();
    }
    ssm.hiddenFirst = 0;
    passes(5);
    assertThat(validate.handle(validation).done()).isFalse();
    passes(600);
    DrillStep ended = validate.handle(validation);

    assertThat(ended.failed()).isTrue();
    assertThat(row().check(DrillCommand.VALIDATE).orElseThrow().exitCode()).isEqualTo(214);
  }

  @Test
  void aValidationThatNeverEndsFailsAfterItsTime() {
    ssm.guest =
        request ->
            request.comment().contains("dry-run") ? new Answer("Success", 0, "") : Answer.NONE;

    DrillEvent event = drilled();

    assertThat(event.verdict()).isEqualTo(DrillVerdict.FAILED);
    assertThat(event.reason()).isEqualTo("the validation did not end within 1890 s");
    assertThat(Duration.between(EIGHT, event.endedAt())).isLessThan(Duration.ofHours(1));
    assertThat(ec2.remaining()).isEmpty();
  }

  @Test
  void aValidationWhoseInstanceSomebodyEndsSaysNothingOfTheSet() {
    ssm.guest =
        request -> {
          if (request.comment().contains("dry-run")) {
            return new Answer("Success", 0, "");
          }
          ec2.terminateInstances(
              TerminateInstancesRequest.builder().instanceIds(request.instanceIds()).build());
          return Answer.NONE;
        };

    DrillEvent event = drilled();

    assertThat(event.verdict()).isEqualTo(DrillVerdict.INCONCLUSIVE);
    assertThat(event.reason()).contains(" was terminated before the drill was over");
    assertThat(ec2.remaining()).isEmpty();
  }

  @Test
  void aCommandIsSentOnceAlthoughItsStepRunsTwiceAndItIsNotShownAtOnce() {
    launched();
    ssm.guest = request -> Answer.NONE;
    ssm.hidden = true;
    DrillInput dryRun =
        input(
            Optional.of(DrillCommand.DRY_RUN),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    validate.handle(dryRun);
    passes(5);
    validate.handle(dryRun);
    ssm.hidden = false;
    passes(90);
    validate.handle(dryRun);

    assertThat(ssm.sent).hasSize(1);
    assertThat(ssm.sent.get(0).parameters())
        .containsEntry("executionId", List.of(Drills.id(1).scriptExecution().value()))
        .containsEntry("command", List.of("dry-run"))
        .containsEntry("timeoutSeconds", List.of("120"));
    assertThat(ssm.sent.get(0).parameters().get("members").get(0))
        .matches("vol-[0-9a-f]{17}:/dev/sdf,vol-[0-9a-f]{17}:/dev/sdg");
    assertThat(ssm.sent.get(0).documentHash()).isEqualTo("ab".repeat(32));
    assertThat(ssm.sent.get(0).comment()).hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void aValidationThatSystemsManagerEndsForItsTimeFailsThoughASecondWasRefused() {
    launched();
    run(DrillCommand.DRY_RUN);
    ssm.answers.put(2, new Answer("TimedOut", -1, ""));
    ssm.answers.put(3, new Answer("Failed", 204, ""));
    ssm.hidden = true;
    DrillInput validation =
        input(
            Optional.of(DrillCommand.VALIDATE),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    validate.handle(validation);
    passes(90);
    validate.handle(validation);
    ssm.hidden = false;

    assertThat(validate.handle(validation).failed()).isTrue();
    assertThat(row().check(DrillCommand.VALIDATE).orElseThrow().exitCode()).isNotEqualTo(204);
  }

  @Test
  void nothingIsLaunchedOrSentForADrillThatIsBeingTakenAway() {
    ledger.recordStage(Drills.id(1), DrillStage.ENDING, now);

    assertThatThrownBy(() -> launch.handle(input(Optional.empty())))
        .isInstanceOf(DrillOverException.class);
    assertThat(ec2.launches).isEmpty();
  }

  @Test
  void aLaunchThatNobodyHeardOfIsTakenAwayOnceEc2ShowsIt() {
    ec2.losesAnswer = true;
    assertThatThrownBy(() -> launch.handle(input(Optional.empty())))
        .isInstanceOf(Ec2Exception.class);

    DrillEvent event = ended(Optional.of(new CaughtError("States.Timeout", "late")));

    assertThat(event.verdict()).isEqualTo(DrillVerdict.INCONCLUSIVE);
    assertThat(ec2.remaining()).isEmpty();
  }

  @Test
  void anExecutionThatBreaksOffLeavesNothingThatTheSweepDoesNotTakeAway() {
    for (int steps = 0; steps < 4; steps++) {
      if (steps == 1) {
        launch.handle(input(Optional.empty()));
      } else if (steps == 2) {
        launched();
      } else if (steps == 3) {
        run(DrillCommand.DRY_RUN);
      }
    }
    assertThat(ec2.remaining()).isNotEmpty();
    sweep.handle(new SweepDrillsTask.Order());
    assertThat(row().ending()).as("its lease holds still").isFalse();

    for (int look = 0; look < 12; look++) {
      passes(300);
      sweep.handle(new SweepDrillsTask.Order());
    }

    assertThat(ec2.remaining()).isEmpty();
    assertThat(row().end().orElseThrow().verdict()).isEqualTo(DrillVerdict.INCONCLUSIVE);
    assertThat(ledger.setLease(Drills.set(1), now)).isEmpty();
  }

  @Test
  void whatSomebodyTaggedIsNotTouchedByAnyNet() {
    launched();
    DrilledCloud.Host production =
        new DrilledCloud.Host("i-0000000000000aaaa", Optional.of("mine"), EIGHT);
    production.state = "running";
    production.tags.put(DrillTags.DRILL, Drills.id(1).value());
    ec2.hosts.put(production.id, production);
    DrilledCloud.Disk data =
        new DrilledCloud.Disk("vol-0000000000000aaaa", "snap-0000000000000bbbb", Optional.empty());
    data.tags.put(DrillTags.DRILL, Drills.id(1).value());
    ec2.disks.put(data.id, data);
    DrilledCloud.Disk sameSnapshot =
        new DrilledCloud.Disk("vol-0000000000000cccc", snapshot(1).value(), Optional.empty());
    sameSnapshot.tags.put(DrillTags.DRILL, Drills.id(1).value());
    ec2.disks.put(sameSnapshot.id, sameSnapshot);

    DrillEvent event = ended(Optional.of(new CaughtError("States.Timeout", "late")));
    for (int look = 0; look < 400; look++) {
      passes(300);
      sweep.handle(new SweepDrillsTask.Order());
    }

    assertThat(event.left()).isEmpty();
    assertThat(ec2.remaining()).containsExactlyInAnyOrder(production.id, data.id, sameSnapshot.id);
  }

  @Test
  void aVolumeThatSomebodyDetachedIsDeletedAndOneThatIsUsedElsewhereIsSaidToBeLeft() {
    launched();
    DrilledCloud.Disk detached = disk(snapshot(1).value());
    detached.host = Optional.empty();
    DrilledCloud.Disk used = disk(snapshot(2).value());
    used.host = Optional.of("i-0000000000000aaaa");

    DrillEvent event = ended(Optional.of(new CaughtError("States.Timeout", "late")));

    assertThat(ec2.remaining()).containsExactly(used.id);
    assertThat(event.left())
        .containsExactly("%s is attached to i-0000000000000aaaa".formatted(used.id));

    used.host = Optional.empty();
    passes(600);
    sweep.handle(new SweepDrillsTask.Order());
    assertThat(ec2.remaining()).as("the sweep looks until nothing is left").isEmpty();
  }

  @Test
  void anInstanceOfWhichEc2DoesNotSayWhenItWasLaunchedKeepsNoOtherWaiting() {
    launched();
    ec2.withoutLaunchTime = true;

    for (int look = 0; look < 12; look++) {
      passes(300);
      sweep.handle(new SweepDrillsTask.Order());
    }

    assertThat(ec2.remaining()).isEmpty();
    assertThat(row().open()).isFalse();
  }

  @Test
  void whatOutlivesTwiceItsTimeFailsTheSweep() {
    launched();
    ec2.host().tags.clear();
    ended(Optional.of(new CaughtError("States.Timeout", "late")));
    passes(3600);
    sweep.handle(new SweepDrillsTask.Order());
    passes(2 * DrillBounds.deadline(Drills.drill().timeout()).toSeconds());

    assertThatThrownBy(() -> sweep.handle(new SweepDrillsTask.Order()))
        .isInstanceOf(DrillFailedException.class)
        .hasMessageContaining(Drills.id(1).value());
  }

  private DrilledCloud.Disk disk(String snapshot) {
    return ec2.disks.values().stream()
        .filter(disk -> disk.snapshot.equals(snapshot))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anInstanceThatLostItsTagIsLeftAndTheDrillSaysSo() {
    launched();
    ec2.host().tags.clear();

    DrillEvent event = ended(Optional.of(new CaughtError("States.Timeout", "late")));

    assertThat(event.left()).hasSizeGreaterThanOrEqualTo(1);
    assertThat(event.left().get(0)).contains("does not carry the tag");
    assertThat(ec2.calls).isEmpty();
  }

  @Test
  void anEndIsNotRecordedBeforeAnybodyHasLookedWhatIsLeft() {
    launched();

    assertThatThrownBy(() -> record.handle(input(Optional.empty())))
        .isInstanceOf(DrillFailedException.class);
    assertThat(row().open()).isTrue();
  }

  @Test
  void anExecutionByTheRuleTakesAwayWhatBrokeOffAndLeavesWhatWasRedriven() {
    launched();
    Instant brokeOff = now;
    DrillInput rule =
        new DrillInput(
            "arn:aws:states:eu-central-1:1:execution:drill-set:by-the-rule",
            0,
            Optional.empty(),
            new DrillWork(
                Drills.id(1),
                Optional.empty(),
                Optional.of(brokeOff.toEpochMilli()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    now = now.plusSeconds(120);
    ledger.keepDrillLease(Drills.id(1), now.plus(OpenDrill.LEASE));
    assertThat(end.handle(rule).nothing()).as("it was redriven").isTrue();
    assertThat(row().ending()).isFalse();

    DrillInput later =
        new DrillInput(
            rule.execution(),
            0,
            Optional.empty(),
            new DrillWork(
                Drills.id(1),
                Optional.empty(),
                Optional.of(now.toEpochMilli()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    DrillStep step = end.handle(later);
    while (!step.done()) {
      passes(step.waitSeconds());
      step = end.handle(later);
    }
    assertThat(step.nothing()).isFalse();
    assertThat(ec2.remaining()).isEmpty();
    assertThat(Duration.between(row().at(DrillStage.ENDING).orElseThrow(), now))
        .isGreaterThanOrEqualTo(EndDrillTask.LATE);
  }
}
