package dev.freezeframe.rehearsal.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SimulatedApiTest {
  private static final Operation SLOW =
      Operation.change("ec2:CreateSnapshots", Duration.ofSeconds(2));
  private static final Caller CALLER = new Caller("execution", "CreateSnapshots", "i-1");

  @Test
  void theEffectIsHalfWayThroughTheCall() {
    try (Stage stage = new Stage()) {
      var at =
          stage.call(() -> stage.api.call(SLOW, "", Ec2Refusal::throttled, stage.time::instant));

      assertThat(at).isEqualTo(Stage.START.plusSeconds(1));
      assertThat(stage.time.instant()).isEqualTo(Stage.START.plusSeconds(2));
    }
  }

  @Test
  void aCallIsRememberedWithItsCallerAndItsError() {
    try (Stage stage = new Stage()) {
      assertThatThrownBy(
          () ->
              stage.call(
                  CALLER,
                  () ->
                      stage.api.call(
                          SLOW,
                          "detail",
                          Ec2Refusal::throttled,
                          () -> {
                            throw Ec2Refusal.of("TagLimitExceeded", "too many");
                          })));

      assertThat(stage.api.calls())
          .containsExactly(
              new Call(
                  "ec2:CreateSnapshots",
                  CALLER,
                  Stage.START,
                  Stage.START.plusSeconds(2),
                  "detail",
                  "TagLimitExceeded"));
      assertThat(stage.api.counts()).containsEntry("ec2:CreateSnapshots", 1);
    }
  }

  @Test
  void aThrottledCallHasNoEffect() {
    try (Stage stage = new Stage()) {
      AtomicInteger effects = new AtomicInteger();
      Operation quick = Operation.change("ec2:CreateSnapshots", Duration.ZERO);
      for (int i = 0; i < 100; i++) {
        stage.time.start(
            "burst",
            () -> stage.api.call(quick, "", Ec2Refusal::throttled, effects::incrementAndGet));
      }
      stage.pass(Duration.ZERO);

      assertThatThrownBy(
              () ->
                  stage.call(
                      () ->
                          stage.api.call(
                              quick, "", Ec2Refusal::throttled, effects::incrementAndGet)))
          .hasMessageContaining("Request limit exceeded");
      assertThat(effects).hasValue(100);
    }
  }

  @Test
  void aFunctionCanDieBeforeAndAfterTheEffect() {
    AtomicInteger effects = new AtomicInteger();
    CallFault before =
        new CallFault() {
          @Override
          public void before(String action, boolean changes, Caller caller, String detail) {
            throw new FunctionDied("before " + action);
          }
        };
    CallFault after =
        new CallFault() {
          @Override
          public void after(String action, boolean changes, Caller caller, String detail) {
            throw new FunctionDied("after " + action);
          }
        };

    assertThat(diesWith(before, effects)).isEqualTo("the function died before ec2:CreateSnapshots");
    assertThat(effects).hasValue(0);
    assertThat(diesWith(CallFault.NONE.and(after), effects))
        .isEqualTo("the function died after ec2:CreateSnapshots");
    assertThat(effects).hasValue(1);
  }

  private static String diesWith(CallFault fault, AtomicInteger effects) {
    try (Stage stage = new Stage(fault)) {
      return stage.call(
          () -> {
            try {
              stage.api.call(SLOW, "", Ec2Refusal::throttled, effects::incrementAndGet);
              return "";
            } catch (FunctionDied died) {
              return died.getMessage();
            }
          });
    }
  }
}
