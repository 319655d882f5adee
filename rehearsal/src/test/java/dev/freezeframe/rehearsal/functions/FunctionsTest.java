package dev.freezeframe.rehearsal.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.cloud.InvocationFault;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FunctionsTest {
  private static final Instant START = Instant.parse("2026-11-22T02:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VirtualTime time = new VirtualTime(START);
  private final List<String> answers = new ArrayList<>();
  private Functions functions = functions(InvocationFault.NONE, 1_000);

  @AfterEach
  void close() {
    time.close();
  }

  @Test
  void theHandlerGetsTheBytesAndItsBytesAreTheAnswer() {
    functions.register(
        "Echo", (input, output, context) -> output.write(input.readAllBytes()), MINUTE, 512);

    invoke("Echo", "{\"n\":1}");

    assertThat(answers).containsExactly("{\"n\":1} after 800 ms");
  }

  @Test
  void aFunctionIsFoundByItsNameItsArnAndItsAlias() {
    String arn = functions.register("Nothing", nothing(), MINUTE, 512);

    assertThat(arn).isEqualTo("arn:aws:lambda:eu-central-1:123456789012:function:Nothing");
    invoke(arn, "{}");
    invoke(arn + ":live", "{}");
    invoke("Nothing:live", "{}");

    assertThat(functions.invocations()).containsEntry("Nothing", 3);
  }

  @Test
  void aSandboxIsColdAtFirstAndWarmUntilItHasBeenIdleForLong() {
    functions.register("Nothing", nothing(), MINUTE, 512);
    AtomicInteger cold = new AtomicInteger();
    for (Duration when : List.of(Duration.ZERO, Duration.ofMinutes(5), Duration.ofMinutes(30))) {
      time.at(
          START.plus(when),
          () ->
              functions.invoke(
                  "Nothing",
                  bytes("{}"),
                  answer ->
                      cold.addAndGet(
                          Duration.between(START.plus(when), time.instant()).toMillis() >= 800
                              ? 1
                              : 0)));
    }

    time.run();

    assertThat(cold).hasValue(2);
  }

  @Test
  void invocationsAtTheSameTimeNeedASandboxEach() {
    functions.register(
        "Slow", (input, output, context) -> time.pause(MINUTE), MINUTE.multipliedBy(2), 512);
    functions.invoke("Slow", bytes("{}"), this::note);
    functions.invoke("Slow", bytes("{}"), this::note);

    time.run();

    assertThat(answers).containsExactly(" after 60800 ms", " after 60800 ms");
  }

  @Test
  void anExceptionIsAnErrorOfItsClassName() {
    functions.register(
        "Broken",
        (input, output, context) -> {
          throw new IllegalStateException("no volume left");
        },
        MINUTE,
        512);

    invoke("Broken", "{}");

    assertThat(answers)
        .containsExactly("java.lang.IllegalStateException: no volume left after 800 ms");
  }

  @Test
  void aFunctionThatTakesTooLongIsKilled() {
    List<String> seen = new ArrayList<>();
    functions.register(
        "Slow",
        (input, output, context) -> {
          seen.add("has " + context.getRemainingTimeInMillis());
          time.pause(Duration.ofSeconds(10));
          seen.add("has " + context.getRemainingTimeInMillis());
          time.pause(Duration.ofHours(1));
          seen.add("never");
        },
        Duration.ofSeconds(30),
        512);

    invoke("Slow", "{}");

    assertThat(answers).hasSize(1);
    assertThat(answers.get(0))
        .startsWith("Sandbox.Timedout: RequestId: ")
        .endsWith("Error: Task timed out after 30.00 seconds after 30800 ms");
    assertThat(seen).containsExactly("has 30000", "has 20000");
    assertThat(time.instant()).isEqualTo(START.plusMillis(30_800));
  }

  @Test
  void aHandlerThatSwallowsItsDeathAnswersOnlyOnce() {
    functions.register(
        "Stubborn",
        (input, output, context) -> {
          try {
            time.pause(Duration.ofHours(1));
          } catch (Error swallowed) {
            output.write(bytes("alive"));
          }
        },
        Duration.ofSeconds(3),
        512);

    invoke("Stubborn", "{}");

    assertThat(answers).hasSize(1).first().asString().startsWith("Sandbox.Timedout");
  }

  @Test
  void aFunctionThatDiesIsAnExitErrorAndItsSandboxIsGone() {
    functions.register(
        "Dies",
        (input, output, context) -> {
          throw new FunctionDied("after ec2:CreateSnapshots");
        },
        MINUTE,
        512);

    invoke("Dies", "{}");
    invoke("Dies", "{}");

    assertThat(answers).hasSize(2).allMatch(answer -> answer.startsWith("Runtime.ExitError"));
    assertThat(answers).allMatch(answer -> answer.endsWith("after 800 ms"));
  }

  @Test
  void invocationsDieBeforeOrAfterTheirWorkWhereTheFaultsSaySo() {
    functions =
        functions(
            new InvocationFault() {
              @Override
              public boolean diesBefore(Caller caller) {
                return caller.instanceId().equals("i-before");
              }

              @Override
              public boolean diesAfter(Caller caller) {
                return caller.instanceId().equals("i-after");
              }
            },
            1_000);
    List<String> worked = new ArrayList<>();
    functions.register(
        "Work",
        (input, output, context) -> worked.add(((Caller) time.running().context()).instanceId()),
        MINUTE,
        512);

    for (String instance : List.of("i-before", "i-after", "i-fine")) {
      invoke("Work", "{\"instanceId\":\"%s\"}".formatted(instance));
    }

    assertThat(worked).containsExactly("i-after", "i-fine");
    assertThat(answers.get(0)).startsWith("Runtime.ExitError");
    assertThat(answers.get(1)).startsWith("Runtime.ExitError");
    assertThat(answers.get(2)).startsWith(" after");
  }

  @Test
  void theHandlerActsForTheExecutionAndTheInstanceOfItsPayload() {
    List<Object> callers = new ArrayList<>();
    functions.register(
        "Who", (input, output, context) -> callers.add(time.running().context()), MINUTE, 512);

    invoke("Who", "{\"execution\":\"arn:x\",\"instanceId\":\"i-1\"}");
    invoke("Who", "not JSON");

    assertThat(callers)
        .containsExactly(new Caller("arn:x", "Who", "i-1"), new Caller("", "Who", ""));
  }

  @Test
  void overTheConcurrencyLimitLambdaThrottles() {
    functions = functions(InvocationFault.NONE, 1);
    functions.register(
        "Slow", (input, output, context) -> time.pause(Duration.ofSeconds(1)), MINUTE, 512);
    functions.invoke("Slow", bytes("{}"), this::note);
    functions.invoke("Slow", bytes("{}"), this::note);

    time.run();

    assertThat(answers)
        .containsExactly(
            "Lambda.TooManyRequestsException: Rate Exceeded. after 10 ms", " after 1800 ms");
  }

  @Test
  void aFunctionThatDoesNotExistIsRefused() {
    invoke("Missing", "{}");

    assertThat(answers)
        .containsExactly(
            "Lambda.ResourceNotFoundException: Function not found: Missing after 10 ms");
  }

  @Test
  void anEventIsTriedAgainAfterOneAndTwoMinutesAndThenDropped() {
    List<Instant> tries = new ArrayList<>();
    functions.register(
        "Broken",
        (input, output, context) -> {
          tries.add(time.instant());
          throw new IllegalStateException("still broken");
        },
        MINUTE,
        512);

    functions.invokeAsync("Broken", bytes("{}"));
    time.run();

    assertThat(tries).hasSize(3);
    assertThat(Duration.between(tries.get(0), tries.get(1)))
        .isBetween(MINUTE, MINUTE.plusSeconds(1));
    assertThat(Duration.between(tries.get(1), tries.get(2)))
        .isBetween(MINUTE.multipliedBy(2), MINUTE.multipliedBy(2).plusSeconds(1));
    assertThat(functions.dropped()).hasSize(1);
  }

  @Test
  void anEventOutlivesThrottling() {
    functions = functions(InvocationFault.NONE, 1);
    functions.register(
        "Slow", (input, output, context) -> time.pause(Duration.ofSeconds(50)), MINUTE, 512);

    functions.invokeAsync("Slow", bytes("{}"));
    functions.invokeAsync("Slow", bytes("{}"));
    time.run();

    assertThat(functions.invocations()).containsEntry("Slow", 2);
    assertThat(functions.dropped()).isEmpty();
  }

  @Test
  void whatAFunctionLogsIsKept() {
    functions.register(
        "Log",
        (input, output, context) -> context.getLogger().log("frozen for 3 s\n"),
        MINUTE,
        512);

    invoke("Log", "{}");

    assertThat(functions.log()).hasSize(1);
    assertThat(functions.log().get(0).message()).isEqualTo("frozen for 3 s");
    assertThat(functions.log().get(0).at()).isEqualTo(START.plusMillis(800));
  }

  @Test
  void theSameSeedGivesTheSameLatencies() {
    List<String> first = answersOfSeed(7);
    List<String> again = answersOfSeed(7);
    List<String> other = answersOfSeed(8);

    assertThat(first).isEqualTo(again).isNotEqualTo(other);
  }

  @Test
  void aTimeOutThatLambdaDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> functions.register("Slow", nothing(), Duration.ofMinutes(16), 512))
        .hasMessage("function Slow: expected a time-out of up to 15 minutes, found PT16M");
  }

  private static List<String> answersOfSeed(long seed) {
    List<String> answers = new ArrayList<>();
    try (VirtualTime time = new VirtualTime(START)) {
      Functions functions = new Functions(time, new Seed(seed), InvocationFault.NONE, 1_000);
      functions.register("Nothing", nothing(), MINUTE, 512);
      for (int i = 0; i < 10; i++) {
        functions.invoke(
            "Nothing",
            bytes("{}"),
            answer -> answers.add(time.instant() + " " + answer.getClass()));
        time.run();
      }
    }
    return answers;
  }

  private Functions functions(InvocationFault faults, int concurrency) {
    return new Functions(time, new Seed(1), faults, concurrency);
  }

  private void invoke(String function, String payload) {
    Instant asked = time.instant();
    functions.invoke(function, bytes(payload), answer -> note(answer, asked));
    time.run();
  }

  private void note(Answer answer) {
    note(answer, START);
  }

  private void note(Answer answer, Instant asked) {
    String text;
    if (answer instanceof Answer.Success success) {
      text = success.payload();
    } else if (answer instanceof Answer.FunctionError error) {
      text = error.errorType() + ": " + error.errorMessage();
    } else {
      Answer.Refused refused = (Answer.Refused) answer;
      text = refused.code() + ": " + refused.message();
    }
    answers.add(text + " after " + Duration.between(asked, time.instant()).toMillis() + " ms");
  }

  private static RequestStreamHandler nothing() {
    return (input, output, context) -> {};
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
