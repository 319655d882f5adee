package dev.freezeframe.task.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.slot.SlotHolder;
import dev.freezeframe.slot.SlotsLostException;
import dev.freezeframe.task.Inputs;
import dev.freezeframe.task.NoAws;
import dev.freezeframe.task.script.RunPreScriptTask;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A step that comes late, as after a redrive, finds that its slots have lapsed. */
class LostSlotsTest {
  private static final String EXECUTION = "arn:aws:states:e:1:execution:m:n";
  private static final RunId RUN = new RunId("daily-20261122T020000Z");
  private static final InstanceId INSTANCE = new InstanceId("i-0123456789abcdef0");

  private final NoAws aws = new NoAws();

  private static byte[] input(boolean freezes) {
    ObjectNode input = (ObjectNode) Inputs.whileFrozen("RunPreScript");
    ObjectNode work = (ObjectNode) input.get("work");
    work.putObject("slots")
        .putObject("answer")
        .put("taken", true)
        .put("inspectAgain", false)
        .put("waitSeconds", 0)
        .put("servedThen", 0)
        .put("asked", 1)
        .put("overQuota", 0)
        .put("words", "taken");
    if (!freezes) {
      work.putObject("withoutScripts").put("decided", true);
    }
    return input.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void hold(int attempt, Duration left) {
    aws.ledger()
        .recordSlotHold(
            SlotHold.of(
                EXECUTION,
                INSTANCE,
                AttemptId.of(EXECUTION, attempt),
                1,
                aws.clock().instant().plus(left)));
  }

  private void runPreScript() throws Exception {
    RunPreScriptTask task = new RunPreScriptTask(aws);
    task.handle(task.read(input(true)));
  }

  @Test
  void aPreScriptIsNotSentWithoutSlots() {
    assertThatThrownBy(this::runPreScript).isInstanceOf(SlotsLostException.class);
    assertThat(aws.ledger().freezes(RUN, INSTANCE)).isEmpty();
  }

  @Test
  void aPreScriptIsNotSentWithSlotsThatHaveLapsed() {
    hold(1, Duration.ofMillis(-1));

    assertThatThrownBy(this::runPreScript).isInstanceOf(SlotsLostException.class);
    assertThat(aws.ledger().freezes(RUN, INSTANCE)).isEmpty();
  }

  @Test
  void slotsThatWouldLapseBeforeTheSetIsTakenAreKept() {
    hold(1, Duration.ofMinutes(5));

    assertThatThrownBy(this::runPreScript).isNotInstanceOf(SlotsLostException.class);
    assertThat(
            aws.ledger()
                .slotHold(new SlotHolder(INSTANCE, EXECUTION))
                .orElseThrow()
                .reservedUntil(aws.clock().instant().plus(Duration.ofMinutes(14))))
        .isTrue();
  }

  @Test
  void aPreScriptIsNotSentWithTheSlotsOfAnotherAttempt() {
    hold(2, Duration.ofMinutes(15));

    assertThatThrownBy(this::runPreScript).isInstanceOf(SlotsLostException.class);
  }

  @Test
  void aPreScriptIsSentWithSlots() {
    hold(1, Duration.ofMinutes(15));

    assertThatThrownBy(this::runPreScript).isNotInstanceOf(SlotsLostException.class);
    assertThat(aws.ledger().freezes(RUN, INSTANCE)).hasSize(1);
  }

  @Test
  void aSetWithoutScriptsIsNotTakenWithoutSlots() {
    CreateSnapshotsTask task = new CreateSnapshotsTask(aws);

    assertThatThrownBy(() -> task.handle(task.read(input(false))))
        .isInstanceOf(SlotsLostException.class);
  }
}
