package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ssm.model.SsmException;

/**
 * A call that Systems Manager refuses for its rate has done nothing, and costs a backup nothing.
 */
class ThrottledCommandsTest {

  /** Refuses calls of Systems Manager for so many times, or for so long after the policy is due. */
  private static final class Busy implements CallFault {
    private final Predicate<String> actions;
    private final String code;
    private int times;
    private Duration until = Duration.ofDays(1);
    private Optional<VirtualTime> time = Optional.empty();

    private Busy(String code, int times, Predicate<String> actions) {
      this.code = code;
      this.times = times;
      this.actions = actions;
    }

    @Override
    public void before(String action, boolean changes, Caller caller, String detail) {
      Instant now = time.map(VirtualTime::instant).orElse(Scene.START);
      if (actions.test(action + " " + detail)
          && now.isBefore(Scene.DUE.plus(until))
          && times-- > 0) {
        throw SsmException.builder()
            .statusCode(400)
            .message("%s (Service: Ssm, Status Code: 400, Request ID: null)".formatted(code))
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .serviceName("Ssm")
                    .errorCode(code)
                    .errorMessage("Rate exceeded")
                    .build())
            .build();
      }
    }
  }

  private static Busy throttled(int times, String call) {
    return new Busy("ThrottlingException", times, call::equals);
  }

  private static Scene scene(Busy busy) {
    return Scene.of(Fleets.one(1, 2))
        .policy(Scene.ALL_OR_NOTHING.formatted("daily"))
        .faults(Faults.NONE.withCalls(busy))
        .besides(cloud -> busy.time = Optional.of(cloud.time()));
  }

  private static InstanceReport only(Result result) {
    Invariants.areKept(result);
    assertThat(result.reports()).hasSize(1);
    return result.reports().get(0);
  }

  private static List<String> sent(Result result) {
    return result.log().stream()
        .filter(call -> call.action().equals("ssm:SendCommand") && call.error().isEmpty())
        .map(Call::detail)
        .toList();
  }

  private static void isPerfect(Result result) {
    InstanceReport report = only(result);
    assertThat(report.reason()).startsWith("held by its scripts");
    assertThat(report.attempts()).isEqualTo(1);
    assertThat(report.states()).doesNotContain("Count failure", "Count refusal");
    assertThat(sent(result)).containsExactly("dry-run", "pre-script", "post-script");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dry-run", "pre-script", "post-script"})
  void aThrottledCommandCostsNeitherAnAttemptNorARetry(String script) {
    isPerfect(scene(throttled(4, "ssm:SendCommand " + script)).play());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssm:SendCommand", "ssm:DescribeInstanceInformation", "ssm:Describe"})
  void anAccountThatIsBusyForHalfAnHourTakesNoBackupAway(String calls) {
    Busy busy = new Busy("ThrottlingException", Integer.MAX_VALUE, call -> call.startsWith(calls));
    busy.until = Duration.ofMinutes(30);

    isPerfect(scene(busy).play());
  }

  @Test
  void noPostScriptIsSentForAPreScriptThatNeverWas() {
    Result result = scene(throttled(Integer.MAX_VALUE, "ssm:SendCommand pre-script")).play();

    InstanceReport report = only(result);
    assertThat(report.status()).isEqualTo(Status.SKIPPED);
    assertThat(report.reason())
        .isEqualTo(
            "the pre-script was not sent: Systems Manager is busy: Rate exceeded"
                + " (ThrottlingException), and the policy does not fall back");
    assertThat(sent(result)).containsExactly("dry-run");
    assertThat(result.guests().get(Fleets.instanceId(1)).freezes()).isEmpty();
  }

  @Test
  void aPreScriptThatIsRefusedIsAFailureAtOnceAndNeedsNoThaw() {
    Result result =
        scene(new Busy("AccessDeniedException", 99, "ssm:SendCommand pre-script"::equals)).play();

    assertThat(only(result).reason())
        .startsWith("the pre-script was not sent: Systems Manager refused it: ");
    assertThat(sent(result)).containsExactly("dry-run");
    assertThat(result.calls()).containsEntry("ssm:SendCommand", 2);
  }

  @Test
  void aFrozenGuestIsLookedAtAgainWhereALookIsRefused() {
    Result result = scene(throttled(12, "ssm:GetCommandInvocation ")).play();

    isPerfect(result);
  }

  @Test
  void aThawIsRepeatedAsFastAsTheRateAllows() {
    Busy busy = throttled(6, "ssm:SendCommand post-script");
    Result result = scene(busy).play();

    isPerfect(result);
    assertThat(only(result).frozen()).isLessThan(Duration.ofSeconds(25));
  }
}
