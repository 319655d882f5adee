package dev.freezeframe.rehearsal.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.InvocationFault;
import dev.freezeframe.rehearsal.cloud.Latencies;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The Lambda service.
 *
 * <p>A handler acts for a {@link Caller} with the function's name, the instance of its payload, and
 * the execution that the payload names under {@code execution} or whose state invoked it.
 */
public final class Functions {
  /** What an account may run at once unless it was raised. */
  public static final int DEFAULT_CONCURRENCY = 1_000;

  /** What Step Functions calls the refusal: "Lambda errors are reported as Lambda.ErrorName". */
  static final String NOT_READY = "Lambda.SnapStartNotReadyException";

  /** The version and the alias that a deployment publishes; none: the code as it is. */
  private static final Set<String> QUALIFIERS = Set.of("", "$LATEST", "1", "live");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration COLD = Duration.ofMillis(800);
  private static final Duration WARM_MIN = Duration.ofMillis(10);
  private static final Duration WARM_MAX = Duration.ofMillis(20);

  private final VirtualTime time;
  private final Seed seed;
  private final Latencies latencies;
  private final InvocationFault faults;
  private final int concurrency;
  private final SortedMap<String, DeployedFunction> functions = new TreeMap<>();
  private final List<LogLine> log = new ArrayList<>();
  private final AsynchronousInvocations asynchronous;
  private int running;
  private int mostAtOnce;

  public Functions(VirtualTime time, Seed seed, InvocationFault faults, int concurrency) {
    this(time, seed, Latencies.USUAL, faults, concurrency);
  }

  /** The service where functions start slower or faster than usual. */
  public Functions(
      VirtualTime time, Seed seed, Latencies latencies, InvocationFault faults, int concurrency) {
    this.time = time;
    this.seed = seed;
    this.latencies = latencies;
    this.faults = faults;
    this.concurrency = concurrency;
    this.asynchronous = new AsynchronousInvocations(time, this);
  }

  /**
   * Deploys a function.
   *
   * @return its ARN
   */
  public String register(
      String name, RequestStreamHandler handler, Duration timeout, int memoryMb) {
    DeployedFunction function =
        new DeployedFunction(name, handler, timeout, memoryMb, time.instant());
    functions.put(name, function);
    return function.arn();
  }

  /**
   * Invokes a function and goes on at once.
   *
   * @param nameOrArn with or without a version or alias
   * @param done gets the answer, as an event
   */
  public void invoke(String nameOrArn, byte[] payload, Consumer<Answer> done) {
    invoke(nameOrArn, payload, "", done);
  }

  /**
   * Invokes a function for a state of an execution and goes on at once.
   *
   * @param nameOrArn with or without a version or alias
   * @param execution its ARN
   * @param done gets the answer, as an event
   */
  public void invoke(String nameOrArn, byte[] payload, String execution, Consumer<Answer> done) {
    DeployedFunction function = functions.get(nameOf(nameOrArn));
    if (function == null || !QUALIFIERS.contains(qualifierOf(nameOrArn))) {
      refuse("Lambda.ResourceNotFoundException", "Function not found: " + nameOrArn, done);
      return;
    }
    Caller caller = callerOf(function, payload, execution);
    if (!function.readiness().invoke(time.instant(), faults.initializes(caller))) {
      refuse(
          NOT_READY,
          "Lambda is initializing your function. It will be ready to invoke once your function"
              + " state becomes ACTIVE.",
          done);
    } else if (running >= concurrency) {
      function.countThrottle();
      refuse("Lambda.TooManyRequestsException", "Rate Exceeded.", done);
    } else {
      start(function, caller, payload, done);
    }
  }

  /** Invokes a function as an event: tried again after one and two minutes if it fails. */
  public void invokeAsync(String nameOrArn, byte[] payload) {
    asynchronous.invoke(nameOrArn, payload);
  }

  /** How often each function was invoked, in the order of their names. */
  public SortedMap<String, Integer> invocations() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    functions.forEach((name, function) -> counts.put(name, function.invocations()));
    return counts;
  }

  /** How often each function was refused because too many ran at once; those that were. */
  public SortedMap<String, Integer> throttled() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    functions.forEach(
        (name, function) -> {
          if (function.throttled() > 0) {
            counts.put(name, function.throttled());
          }
        });
    return counts;
  }

  /** How many ran at once at most. */
  public int mostAtOnce() {
    return mostAtOnce;
  }

  /** What functions logged through their context, in that order. */
  public List<LogLine> log() {
    return Collections.unmodifiableList(log);
  }

  /** The asynchronous invocations that were given up. */
  public List<DroppedEvent> dropped() {
    return asynchronous.dropped();
  }

  private void start(
      DeployedFunction function, Caller caller, byte[] payload, Consumer<Answer> done) {
    running++;
    mostAtOnce = Math.max(mostAtOnce, running);
    String purpose = "invocation %s %d".formatted(function.name(), function.countInvocation());
    String requestId = seed.uuid(purpose).toString();
    Duration startUp =
        function.sandboxes().takeWarm(time.instant())
            ? seed.between(purpose, WARM_MIN, WARM_MAX)
            : COLD;
    new Invocation(
            time,
            faults,
            function,
            caller,
            payload,
            requestId,
            line -> log.add(new LogLine(time.instant(), function.name(), requestId, line)),
            answer -> {
              running--;
              if (sandboxLives(answer)) {
                function.sandboxes().giveBack(time.instant());
              }
              done.accept(answer);
            })
        .start(latencies.of(startUp));
  }

  private static boolean sandboxLives(Answer answer) {
    return !(answer instanceof Answer.FunctionError error
        && (error.errorType().equals("Runtime.ExitError")
            || error.errorType().equals("Sandbox.Timedout")));
  }

  private void refuse(String code, String message, Consumer<Answer> done) {
    time.after(WARM_MIN, () -> done.accept(new Answer.Refused(code, message)));
  }

  private static String nameOf(String nameOrArn) {
    String[] parts = nameOrArn.split(":", -1);
    return nameOrArn.startsWith("arn:") && parts.length > 6 ? parts[6] : parts[0];
  }

  private static String qualifierOf(String nameOrArn) {
    String[] parts = nameOrArn.split(":", -1);
    int at = nameOrArn.startsWith("arn:") ? 7 : 1;
    return parts.length > at ? parts[at] : "";
  }

  private static Caller callerOf(DeployedFunction function, byte[] payload, String execution) {
    try {
      JsonNode json = JSON.readTree(payload);
      return new Caller(
          json.path("execution").asText(execution), function.name(), Caller.instanceOf(json));
    } catch (IOException notJson) {
      return new Caller(execution, function.name(), "");
    }
  }
}
