package dev.freezeframe.rehearsal.ssm;

import static dev.freezeframe.rehearsal.ssm.DrillScene.BOOTED;
import static dev.freezeframe.rehearsal.ssm.DrillScene.DRILL;
import static dev.freezeframe.rehearsal.ssm.DrillScene.ORIGINAL;
import static dev.freezeframe.rehearsal.ssm.DrillScene.events;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotOrigin.Damage;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/** What a drill instance answers, by what its volumes truly hold. */
class DrillGuestTest {
  private final DrillScene scene = new DrillScene();

  @AfterEach
  void close() {
    scene.close();
  }

  private static void assertEnds(GetCommandInvocationResponse answer, int code, String lastEvent) {
    assertThat(answer.responseCode()).as(answer.standardOutputContent()).isEqualTo(code);
    assertThat(events(answer)).last().isEqualTo(lastEvent);
  }

  @Test
  void aSetThatWasTakenWhileFrozenPassesWithoutAReplay() {
    GetCommandInvocationResponse answer = scene.validate(scene.frozenSet());

    assertEnds(answer, 0, "validated");
    assertThat(events(answer))
        .containsExactly(
            "assembled",
            "mounted",
            "checked",
            "fingerprint",
            "mounted",
            "checked",
            "fingerprint",
            "newest",
            "validated");
    assertThat(answer.standardOutputContent()).contains("file-systems=2 replayed=0");
  }

  @Test
  void aSetThatWasTakenInMidWriteIsReplayed() {
    GetCommandInvocationResponse answer = scene.validate(scene.set());

    assertEnds(answer, 0, "validated");
    assertThat(events(answer)).contains("replayed");
    assertThat(answer.standardOutputContent()).contains("file-systems=2 replayed=2");
  }

  @Test
  void stampsComeOneAfterAnotherBetweenSendingAndTheEnd() {
    GetCommandInvocationResponse answer = scene.validate(scene.set());
    List<Instant> times =
        answer
            .standardOutputContent()
            .lines()
            .map(line -> Instant.parse(line.replaceFirst(".* at=(\\S+) .*", "$1")))
            .toList();

    assertThat(times).isSorted();
    assertThat(times.get(0)).isAfter(Instant.parse(answer.executionStartDateTime()));
    assertThat(times.get(times.size() - 1))
        .isBeforeOrEqualTo(Instant.parse(answer.executionEndDateTime()));
    assertThat(answer.standardOutputContent().lines()).allMatch(line -> line.contains(DRILL));
  }

  @Test
  void whatBefellTheDataOfASnapshotIsFound() {
    scene.damage = Optional.of(Damage.UNREADABLE);
    assertEnds(scene.validate(scene.frozenSet()), 213, "failed");
    scene.damage = Optional.of(Damage.DAMAGED);
    GetCommandInvocationResponse answer = scene.validate(scene.set());

    assertEnds(answer, 214, "failed");
    assertThat(answer.standardOutputContent()).contains("result=damaged");
  }

  @Test
  void membersOfDifferentTimesAreFoundWhereTheyAreComparedAndByADatabase() {
    List<String> older = scene.set();
    List<String> newer = scene.set();
    String id = scene.launch(List.of(older.get(0), newer.get(1)));
    scene.stage.pass(BOOTED);

    assertEnds(scene.drill(id, "drill-filesystem", Map.of()), 0, "validated");
    assertEnds(scene.drill(id, "drill-filesystem", Map.of("spreadSeconds", "60")), 214, "failed");
    String other = scene.launch(List.of(older.get(0), newer.get(1)));
    scene.stage.pass(BOOTED);
    assertEnds(scene.drill(other, "drill-postgresql", Map.of()), 215, "failed");
  }

  @Test
  void aDatabaseStartsOnOneTime() {
    String id = scene.launch(scene.set());
    scene.stage.pass(BOOTED);
    GetCommandInvocationResponse answer =
        scene.drill(id, "drill-postgresql", Map.of("spreadSeconds", "60"));

    assertEnds(answer, 0, "validated");
    assertThat(events(answer)).containsSubsequence("checked", "started", "rows", "stopped");
  }

  @Test
  void nothingIsTouchedWhereNoDrillOfThatIdIs() {
    String id = scene.launch(scene.set());
    scene.stage.pass(BOOTED);

    assertEnds(
        scene.drill(
            id, "drill-filesystem", Map.of("executionId", "22222222-2222-4222-8222-222222222222")),
        206,
        "refused");
    assertEnds(
        scene.drill(
            ORIGINAL,
            "drill-filesystem",
            Map.of("members", "vol-00000000000000101:/dev/sda", "command", "dry-run")),
        206,
        "refused");
  }

  @Test
  void aMemberThatIsNotThereIsMissed() {
    String id = scene.launch(scene.set());
    scene.stage.pass(BOOTED);
    String members = scene.members(id);

    for (String wrong :
        List.of("vol-0123456789abcdef0:/dev/sdf", members.replace("/dev/sdf", "/dev/sdz"))) {
      assertEnds(
          scene.drill(id, "drill-filesystem", Map.of("members", wrong, "command", "dry-run")),
          211,
          "failed");
      assertEnds(scene.drill(id, "drill-filesystem", Map.of("members", wrong)), 211, "failed");
    }
  }

  @Test
  void thereIsNothingToCheckOnSwap() {
    scene.ssm.guest(ORIGINAL).swapsTo("vol-00000000000000101");
    scene.ssm.guest(ORIGINAL).swapsTo("vol-00000000000000102");
    String id = scene.launch(scene.set());
    scene.stage.pass(BOOTED);

    assertEnds(scene.drill(id, "drill-filesystem", Map.of("command", "dry-run")), 217, "failed");
    assertEnds(scene.drill(id, "drill-filesystem", Map.of()), 217, "failed");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 206, 211, 212, 213, 214, 215, 216, 217})
  void aFaultGivesAScriptAnyCode(int code) {
    String id = scene.launch(scene.set());
    scene.stage.pass(BOOTED);
    scene.fates.add(new ScriptBehavior.Exits(code));

    assertEnds(
        scene.drill(id, "drill-filesystem", Map.of()),
        code,
        code == 204 || code == 206 ? "refused" : "failed");
  }

  @Test
  void whatTakesTooLongGivesUpByItself() {
    String id = scene.launch(scene.set());
    scene.stage.pass(BOOTED);
    scene.fates.add(new ScriptBehavior.Slow(Duration.ofMinutes(10)));
    GetCommandInvocationResponse answer =
        scene.drill(id, "drill-filesystem", Map.of("timeoutSeconds", "300"));

    assertEnds(answer, 201, "failed");
    assertThat(
            Duration.between(
                Instant.parse(answer.executionStartDateTime()),
                Instant.parse(answer.executionEndDateTime())))
        .isEqualTo(Duration.ofMinutes(5));
    scene.fates.add(new ScriptBehavior.Slow(Duration.ofMinutes(10)));
    assertEnds(scene.drill(id, "drill-filesystem", Map.of()), 0, "validated");
  }

  @Test
  void aScriptThatDiesAnswersNothing() {
    String id = scene.launch(scene.set());
    scene.stage.pass(BOOTED);
    scene.fates.add(new ScriptBehavior.Hangs());

    assertThat(scene.drill(id, "drill-filesystem", Map.of()).statusAsString())
        .isEqualTo("InProgress");
  }

  @Test
  void faultsKnowADrillByTheInstanceThatItsSetIsOf() {
    String id = scene.launch(scene.set());
    scene.stage.pass(BOOTED);
    scene.drill(id, "drill-filesystem", Map.of("command", "dry-run"));
    scene.drill(id, "drill-filesystem", Map.of());

    assertThat(scene.asked).containsExactly(ORIGINAL + " drill-dry-run", ORIGINAL + " validate");
  }
}
