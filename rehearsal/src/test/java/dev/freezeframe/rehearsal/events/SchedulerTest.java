package dev.freezeframe.rehearsal.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.InvocationFault;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.functions.Functions;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.StepFunctions;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerTest {
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  private static final Instant TWO = Instant.parse("2026-11-22T02:00:00Z");
  private static final Seed SEED = new Seed(1);

  private final VirtualTime time = new VirtualTime(START);
  private final List<JsonNode> inputs = new ArrayList<>();
  private final List<Instant> firedAt = new ArrayList<>();

  @AfterEach
  void close() {
    time.close();
  }

  @Test
  void aScheduleFiresAtItsInstantsWithItsPlaceholdersFilled() {
    schedule(SchedulerFault.NONE, TWO, TWO.plus(Duration.ofDays(1)));

    time.run();

    assertThat(firedAt).containsExactly(TWO, TWO.plus(Duration.ofDays(1)));
    assertThat(inputs.get(0).path("at").asText()).isEqualTo("2026-11-22T02:00:00Z");
    assertThat(inputs.get(0).path("id").asText()).hasSize(36);
    assertThat(inputs.get(0).path("schedule").asText())
        .isEqualTo("arn:aws:scheduler:eu-central-1:123456789012:schedule/default/daily");
  }

  @Test
  void aDoubledFiringHasTheSameTimeAndAnotherId() {
    schedule(firing(Duration.ZERO, Duration.ofSeconds(2)), TWO);

    time.run();

    assertThat(firedAt).containsExactly(TWO, TWO.plusSeconds(2));
    assertThat(inputs).extracting(input -> input.path("at").asText()).containsOnly(TWO.toString());
    assertThat(inputs).extracting(input -> input.path("id").asText()).doesNotHaveDuplicates();
  }

  @Test
  void aLateFiringSaysWhenItShouldHaveBeen() {
    schedule(firing(Duration.ofMinutes(10)), TWO);

    time.run();

    assertThat(firedAt).containsExactly(TWO.plusSeconds(600));
    assertThat(inputs.get(0).path("at").asText()).isEqualTo(TWO.toString());
  }

  @Test
  void aSkippedFiringDoesNothing() {
    schedule(firing(), TWO);

    time.run();

    assertThat(firedAt).isEmpty();
  }

  @Test
  void aStateMachineIsStartedUnderARandomName() {
    Functions functions = new Functions(time, SEED, InvocationFault.NONE, 10);
    StepFunctions states =
        new StepFunctions(time, SEED, functions, event -> {}, ExecutionFault.NONE);
    String machine =
        states.deploy(
            "run", "{\"StartAt\":\"Done\",\"States\":{\"Done\":{\"Type\":\"Succeed\"}}}", Map.of());
    new Scheduler(time, SEED, firing(Duration.ZERO, Duration.ZERO))
        .schedule("daily", List.of(TWO), template(), Target.stateMachine(states, machine));

    time.run();

    assertThat(states.executions()).extracting(Execution::name).doesNotHaveDuplicates().hasSize(2);
    assertThat(states.executions().get(0).input().path("at").asText()).isEqualTo(TWO.toString());
  }

  @Test
  void aScheduleThatIsCreatedFiresByItsExpressionInItsTimeZone() {
    create("daily", "cron(0 3 * * ? *)", "Europe/Berlin", "{}");

    time.run();

    assertThat(firedAt).containsExactly(TWO, TWO.plus(Duration.ofDays(1)));
  }

  @Test
  void aRateFiresAsSoonAsItIsCreated() {
    create("daily", "rate(1 day)", "UTC", "{}");

    time.run();

    assertThat(firedAt).startsWith(START, START.plus(Duration.ofDays(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Z", "+01:00", "GMT+1", "UTC+1", "CET/Berlin", "SystemV/EST5", ""})
  void onlyNamesOfTheIanaDatabaseAreTimeZones(String zone) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> create("daily", "cron(0 2 * * ? *)", zone, "{}"))
        .withMessageContaining("expected a name of the IANA database");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "of the day | rate(1 day) | {} | name 'of the day': expected 1 to 64 letters",
        "daily | every day | {} | expected cron(...) or rate(...)",
        "daily | rate(1 day) | {\"at\" | expected JSON",
        "daily | rate(1 day) | {\"at\": \"<aws.scheduler.time>\"} | placeholder <aws.scheduler.time>"
      })
  void whatTheSchedulerDoesNotKnowIsRefused(
      String name, String expression, String input, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> create(name, expression, "UTC", input))
        .withMessageContaining(sentence);
  }

  private void create(String name, String expression, String zone, String input) {
    new Scheduler(time, SEED, SchedulerFault.NONE)
        .create(
            name,
            expression,
            zone,
            TWO.plus(Duration.ofDays(1)),
            input,
            delivered -> firedAt.add(time.instant()));
  }

  private void schedule(SchedulerFault faults, Instant... instants) {
    new Scheduler(time, SEED, faults)
        .schedule(
            "daily",
            List.of(instants),
            template(),
            input -> {
              firedAt.add(time.instant());
              inputs.add(input);
            });
  }

  private static ObjectNode template() {
    return new ObjectMapper()
        .createObjectNode()
        .put("at", "<aws.scheduler.scheduled-time>")
        .put("id", "<aws.scheduler.execution-id>")
        .put("schedule", "<aws.scheduler.schedule-arn>");
  }

  private static SchedulerFault firing(Duration... delays) {
    return new SchedulerFault() {
      @Override
      public List<Duration> firings(String schedule, Instant scheduledAt) {
        return List.of(delays);
      }
    };
  }
}
