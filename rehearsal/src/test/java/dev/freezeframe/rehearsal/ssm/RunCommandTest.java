package dev.freezeframe.rehearsal.ssm;

import static dev.freezeframe.rehearsal.ssm.RunCommand.FIRST;
import static dev.freezeframe.rehearsal.ssm.RunCommand.OTHER;
import static dev.freezeframe.rehearsal.ssm.RunCommand.RUN_1;
import static dev.freezeframe.rehearsal.ssm.RunCommand.RUN_2;
import static dev.freezeframe.rehearsal.ssm.RunCommand.WINDOWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.instance.Freeze;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentVersionException;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.InvalidParametersException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;
import software.amazon.awssdk.services.ssm.model.PlatformType;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.model.UnsupportedPlatformTypeException;

class RunCommandTest {
  private final RunCommand run = new RunCommand();

  @AfterEach
  void close() {
    run.close();
  }

  @Test
  void anInvocationDoesNotExistRightAfterItWasSent() {
    String id = run.send("dry-run", RUN_1);

    assertThatThrownBy(() -> run.answer(id)).isInstanceOf(InvocationDoesNotExistException.class);
    run.stage.pass(Duration.ofMillis(300));
    assertThat(run.answer(id).statusAsString()).isIn("Pending", "InProgress");
  }

  @Test
  void aCommandIsPendingThenInProgressThenSuccess() {
    run.fates(
        new ScriptBehavior.Undelivered(Optional.of(run.stage.time.instant().plusMillis(900))));
    String id = run.send("dry-run", RUN_1);
    run.stage.pass(Duration.ofMillis(400));
    assertThat(run.answer(id).statusAsString()).isEqualTo("Pending");
    assertThat(run.answer(id).responseCode()).isEqualTo(-1);
    assertThat(run.answer(id).executionStartDateTime()).isEmpty();
    run.stage.pass(Duration.ofMillis(250));
    assertThat(run.answer(id).statusAsString()).isEqualTo("InProgress");
    run.stage.pass(Duration.ofSeconds(2));
    assertThat(run.answer(id).statusAsString()).isEqualTo("Success");
    assertThat(run.answer(id).statusDetails()).isEqualTo("Success");
    assertThat(run.answer(id).responseCode()).isZero();
  }

  @Test
  void theDetailOfACallIsTheCommand() {
    run.send("post-script", RUN_1);

    assertThat(run.stage.api.calls())
        .extracting(Call::action, Call::detail)
        .containsExactly(tuple("ssm:SendCommand", "post-script"));
  }

  @Test
  void aDocumentIsDescribedByItsSha256() {
    String hash = hash("freezing");

    assertThat(hash).hasSize(64);
    run.send(pinned("1", hash));
  }

  @Test
  void anotherHashIsRefused() {
    assertThatThrownBy(() -> run.send(pinned("1", "0".repeat(64))))
        .isInstanceOf(InvalidDocumentException.class)
        .hasMessageContaining("does not match Sha256.");
  }

  @Test
  void aChangedDocumentIsANewVersionAndTheOldOneStays() {
    String before = hash("freezing");
    run.ssm.putDocument("freezing", DocumentFiles.content("dlm-template"));

    assertThat(hash("freezing")).isNotEqualTo(before);
    run.send(pinned("1", before));
    assertThatThrownBy(() -> run.send(pinned(null, before)))
        .isInstanceOf(InvalidDocumentException.class);
    assertThatThrownBy(() -> run.send(pinned("3", before)))
        .isInstanceOf(InvalidDocumentVersionException.class);
  }

  @Test
  void aDocumentComesInTheFormatAskedForAndJsonUnlessOneIs() {
    var yaml =
        run.stage.call(() -> run.ssm.getDocument(r -> r.name("freezing").documentFormat("YAML")));
    var json = run.stage.call(() -> run.ssm.getDocument(r -> r.name("freezing")));

    assertThat(yaml.documentFormat()).isEqualTo(DocumentFormat.YAML);
    assertThat(yaml.content())
        .as("nothing says that these are the bytes of which the hash was taken")
        .contains("schemaVersion:")
        .isNotEqualTo(DocumentFiles.content("freezing"));
    assertThat(yaml.documentVersion()).isEqualTo("1");
    assertThat(yaml.documentTypeAsString()).isEqualTo("Command");
    assertThat(json.documentFormat()).isEqualTo(DocumentFormat.JSON);
    assertThat(json.content()).startsWith("{").contains("\"schemaVersion\"");
  }

  @Test
  void aDocumentIsFoundByItsArnToo() {
    run.send("arn:aws:ssm:eu-central-1:111122223333:document/freezing", "dry-run", RUN_1);
  }

  @Test
  void anUnknownDocumentIsRefused() {
    assertThatThrownBy(() -> run.send("none", "dry-run", RUN_1))
        .isInstanceOf(InvalidDocumentException.class);
    assertThatThrownBy(() -> run.stage.call(() -> run.ssm.getDocument(r -> r.name("none"))))
        .isInstanceOf(InvalidDocumentException.class);
  }

  @Test
  void parametersAreCheckedAgainstTheDocument() {
    assertThatThrownBy(() -> run.send("freezing", "thaw", RUN_1))
        .isInstanceOf(InvalidParametersException.class);
    assertThatThrownBy(() -> run.send("freezing", "dry-run", "not-a-uuid"))
        .isInstanceOf(InvalidParametersException.class);
    assertThatThrownBy(() -> run.send(request(r -> r.parameters(Map.of("colour", List.of("red"))))))
        .isInstanceOf(InvalidParametersException.class);
  }

  @Test
  void theDeliveryTimeOutHasBounds() {
    assertThatThrownBy(() -> run.send(request(r -> r.timeoutSeconds(29))))
        .isInstanceOf(SsmException.class)
        .hasMessageContaining("30 to 2592000");
    assertThatThrownBy(() -> run.send(request(r -> r.timeoutSeconds(2_592_001))))
        .isInstanceOf(SsmException.class);
    run.send(request(r -> r.timeoutSeconds(2_592_000)));
  }

  @Test
  void aCommandHasFiftyInstancesAtMost() {
    List<String> many = IntStream.range(0, 51).mapToObj(i -> "i-%017x".formatted(i)).toList();

    assertThatThrownBy(() -> run.send(request(r -> r.instanceIds(many))))
        .isInstanceOf(SsmException.class)
        .hasMessageContaining("1 to 50");
  }

  @Test
  void anInstanceWithoutAnAgentIsRefused() {
    run.ssm.unmanage(FIRST);

    assertThatThrownBy(() -> run.send("dry-run", RUN_1))
        .isInstanceOf(InvalidInstanceIdException.class);
    assertThat(agents()).extracting(InstanceInformation::instanceId).doesNotContain(FIRST);
  }

  @Test
  void anAgentThatLostItsConnectionIsRefused() {
    run.offline = true;

    assertThat(agents())
        .extracting(InstanceInformation::pingStatusAsString)
        .containsOnly("ConnectionLost");
    assertThatThrownBy(() -> run.send("dry-run", RUN_1))
        .isInstanceOf(InvalidInstanceIdException.class);
  }

  @Test
  void aStoppedInstanceIsNotDescribedNorIsATerminatedOne() {
    run.ec2.stop(FIRST);
    run.stage.pass(Duration.ofMinutes(2));
    run.ec2.terminate(OTHER);

    assertThat(agents()).extracting(InstanceInformation::instanceId).containsExactly(WINDOWS);
    assertThatThrownBy(() -> run.send("dry-run", RUN_1))
        .isInstanceOf(InvalidInstanceIdException.class);
  }

  @Test
  void anAgentIsOnlineSomeTimeAfterItsInstanceRunsAgain() {
    run.ec2.stop(FIRST);
    run.stage.pass(Duration.ofMinutes(2));
    run.ec2.start(FIRST);
    while (!run.ec2.running(FIRST)) {
      run.stage.pass(Duration.ofSeconds(1));
    }
    run.stage.pass(Duration.ofSeconds(10));
    assertThat(agents()).extracting(InstanceInformation::instanceId).doesNotContain(FIRST);
    assertThatThrownBy(() -> run.send("dry-run", RUN_1))
        .isInstanceOf(InvalidInstanceIdException.class);

    run.stage.pass(Duration.ofMinutes(2));
    assertThat(agents()).extracting(InstanceInformation::instanceId).contains(FIRST);
    run.assertExit(run.run("dry-run", RUN_1), 0);
  }

  @Test
  void aCommandThatIsSentWhileItsInstanceIsStoppingRunsAfterTheNextStartOrNever() {
    run.ec2.stop(FIRST);
    String soon = run.send("dry-run", RUN_1);
    String later =
        run.send(
            RunCommand.request("freezing", "dry-run", RUN_1).toBuilder()
                .timeoutSeconds(3_600)
                .build());
    run.stage.pass(Duration.ofMinutes(2));
    run.ec2.start(FIRST);
    run.stage.pass(Duration.ofMinutes(3));

    assertThat(run.answer(soon).statusDetails()).isEqualTo("Undeliverable");
    run.assertExit(run.answer(later), 0);
  }

  @Test
  void aCommandThatRunsWhenItsInstanceStopsForGoodIsGivenUpWithItsTime() {
    run.fates(new ScriptBehavior.TimesOut());
    String id = run.send("pre-script", RUN_1);
    run.stage.pass(Duration.ofSeconds(2));
    run.ec2.stop(FIRST);
    run.stage.pass(Duration.ofMinutes(2));
    assertThat(run.answer(id).statusAsString()).isEqualTo("InProgress");

    run.stage.pass(Duration.ofHours(3));
    assertThat(run.answer(id).statusDetails()).isEqualTo("ExecutionTimedOut");
  }

  private String sendForAnHour(String executionId) {
    return run.send(
        RunCommand.request("freezing", "pre-script", executionId).toBuilder()
            .timeoutSeconds(3_600)
            .build());
  }

  private void starts() {
    run.ec2.start(FIRST);
    while (agents().stream().noneMatch(agent -> agent.instanceId().equals(FIRST))) {
      run.stage.pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void anAgentThatIsBackReportsWhatTheStopInterruptedAsFailedAndRunsItNoMore() {
    run.fates(new ScriptBehavior.TimesOut());
    String id = sendForAnHour(RUN_1);
    run.stage.pass(Duration.ofSeconds(2));
    int freezes = run.guest().freezes().size();
    run.ec2.stop(FIRST);
    run.stage.pass(Duration.ofMinutes(2));
    starts();
    run.stage.pass(Duration.ofSeconds(50));
    assertThat(run.answer(id).statusAsString()).isEqualTo("InProgress");

    run.stage.pass(Duration.ofSeconds(12));
    assertThat(run.answer(id).statusAsString()).isEqualTo("Failed");
    assertThat(run.guest().freezes()).hasSize(freezes);
    assertThat(run.guest().frozen()).isFalse();
  }

  /** A pre-script that waited behind another: it freezes when nobody asks for it any more. */
  @Test
  void whatTheAgentHadNotBegunRunsAfterTheStopAndItsTimerEndsIt() {
    run.fates(new ScriptBehavior.Hangs());
    run.send("pre-script", RUN_1);
    run.stage.pass(Duration.ofSeconds(2));
    String waiting = sendForAnHour(RUN_2);
    run.stage.pass(Duration.ofSeconds(2));
    run.ec2.stop(FIRST);
    run.stage.pass(Duration.ofMinutes(2));
    starts();
    run.stage.pass(Duration.ofSeconds(2));

    run.assertExit(run.answer(waiting), 0);
    assertThat(run.guest().frozen()).isTrue();
    run.stage.pass(Duration.ofSeconds(60));
    assertThat(run.guest().frozen()).isFalse();
    assertThat(run.guest().freezes().get(1).thawedBy()).contains(Freeze.ThawedBy.TIMER);
  }

  @Test
  void agentsAreFoundByInstanceStatusAndPlatform() {
    assertThat(agents(filter("InstanceIds", FIRST, WINDOWS), filter("PlatformType", "Windows")))
        .singleElement()
        .satisfies(
            agent -> {
              assertThat(agent.instanceId()).isEqualTo(WINDOWS);
              assertThat(agent.platformType()).isEqualTo(PlatformType.WINDOWS);
              assertThat(agent.pingStatusAsString()).isEqualTo("Online");
            });
    assertThat(agents(filter("PingStatus", "ConnectionLost"))).isEmpty();
  }

  @Test
  void aLinuxDocumentIsRefusedForWindows() {
    assertThatThrownBy(() -> run.send(request(r -> r.instanceIds(WINDOWS))))
        .isInstanceOf(UnsupportedPlatformTypeException.class);
  }

  @Test
  void commandsAreListedByInstanceAndTimeNewestFirst() {
    run.send("dry-run", RUN_1);
    run.stage.pass(Duration.ofMinutes(1));
    var since = run.stage.time.instant();
    run.send(request(r -> r.comment("first")));
    run.send(request(r -> r.comment("other").instanceIds(OTHER)));
    run.send(request(r -> r.comment("second")));
    run.stage.pass(Duration.ofSeconds(2));
    CommandFilter after =
        CommandFilter.builder().key(CommandFilterKey.INVOKED_AFTER).value(since.toString()).build();

    assertThat(
            run.stage
                .call(() -> run.ssm.listCommands(r -> r.instanceId(FIRST).filters(after)))
                .commands())
        .extracting(Command::comment)
        .containsExactly("second", "first");
    assertThat(
            run.stage
                .call(
                    () ->
                        run.ssm.listCommandInvocations(
                            r -> r.instanceId(FIRST).filters(after).details(true)))
                .commandInvocations())
        .extracting(
            CommandInvocation::comment, found -> found.commandPlugins().get(0).responseCode())
        .containsExactly(tuple("second", 0), tuple("first", 0));
  }

  @Test
  void aListComesInPages() {
    run.send(request(r -> r.comment("first")));
    run.send(request(r -> r.comment("second")));
    run.stage.pass(Duration.ofSeconds(2));

    var first = run.stage.call(() -> run.ssm.listCommands(r -> r.maxResults(1)));
    var second =
        run.stage.call(
            () -> run.ssm.listCommands(r -> r.maxResults(1).nextToken(first.nextToken())));
    assertThat(first.commands().get(0).comment()).isEqualTo("second");
    assertThat(second.commands().get(0).comment()).isEqualTo("first");
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void aCommandThatHasNotArrivedCanBeCancelled() {
    String id = run.send("pre-script", RUN_1);
    run.stage.call(() -> run.ssm.cancelCommand(r -> r.commandId(id)));
    run.stage.pass(Duration.ofSeconds(2));

    assertThat(run.answer(id).statusAsString()).isEqualTo("Cancelled");
    assertThat(run.guest().freezes()).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    String first = story(run);
    try (RunCommand again = new RunCommand()) {
      assertThat(story(again)).isEqualTo(first);
    }
  }

  private static String story(RunCommand run) {
    StringBuilder story = new StringBuilder();
    for (String command : List.of("dry-run", "pre-script", "post-script")) {
      story.append(run.run(command, RUN_1));
    }
    return story.append(run.stage.api.calls()).append(run.guest().freezes()).toString();
  }

  private String hash(String document) {
    return run.stage.call(() -> run.ssm.describeDocument(r -> r.name(document))).document().hash();
  }

  private static SendCommandRequest pinned(String version, String hash) {
    return request(
        r ->
            r.documentVersion(version)
                .documentHash(hash)
                .documentHashType(DocumentHashType.SHA256));
  }

  private static SendCommandRequest request(Consumer<SendCommandRequest.Builder> change) {
    SendCommandRequest.Builder request =
        RunCommand.request("freezing", "dry-run", RUN_1).toBuilder();
    change.accept(request);
    return request.build();
  }

  private List<InstanceInformation> agents(InstanceInformationStringFilter... filters) {
    return run.stage.call(
        () ->
            run.ssm.describeInstanceInformation(r -> r.filters(filters)).instanceInformationList());
  }

  private static InstanceInformationStringFilter filter(String key, String... values) {
    return InstanceInformationStringFilter.builder().key(key).values(values).build();
  }
}
