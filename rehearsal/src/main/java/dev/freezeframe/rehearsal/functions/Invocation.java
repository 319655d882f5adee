package dev.freezeframe.rehearsal.functions;

import com.amazonaws.services.lambda.runtime.Context;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.cloud.InvocationFault;
import dev.freezeframe.rehearsal.time.Activity;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One run of a handler in a sandbox, from its start to its answer. */
final class Invocation {
  private final VirtualTime time;
  private final InvocationFault faults;
  private final DeployedFunction function;
  private final Caller caller;
  private final byte[] payload;
  private final String requestId;
  private final Consumer<String> log;
  private final Consumer<Answer> ended;
  private Activity activity;
  private VirtualTime.Timer timeout;
  private boolean answered;

  Invocation(
      VirtualTime time,
      InvocationFault faults,
      DeployedFunction function,
      Caller caller,
      byte[] payload,
      String requestId,
      Consumer<String> log,
      Consumer<Answer> ended) {
    this.time = time;
    this.faults = faults;
    this.function = function;
    this.caller = caller;
    this.payload = payload;
    this.requestId = requestId;
    this.log = log;
    this.ended = ended;
  }

  /**
   * Starts it.
   *
   * @param startUp until the handler is called; it does not count towards the time-out
   */
  void start(Duration startUp) {
    activity =
        time.start(
            function.name(),
            () -> {
              time.pause(startUp);
              end(run());
            });
    activity.attach(caller);
  }

  private Answer run() {
    timeout = time.after(function.timeout(), this::timeOut);
    try {
      if (faults.diesBefore(caller)) {
        throw new FunctionDied("before it did anything");
      }
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      function.handler().handleRequest(new ByteArrayInputStream(payload), output, context());
      if (faults.diesAfter(caller)) {
        throw new FunctionDied("when all was done");
      }
      return new Answer.Success(output.toString(StandardCharsets.UTF_8));
    } catch (FunctionDied died) {
      return new Answer.FunctionError(
          "Runtime.ExitError",
          "RequestId: %s Error: Runtime exited with error: %s"
              .formatted(requestId, died.getMessage()));
    } catch (IOException | RuntimeException failed) {
      return new Answer.FunctionError(
          failed.getClass().getName(), String.valueOf(failed.getMessage()), stackTrace(failed));
    }
  }

  /** Down to the handler; the rest is the runtime's. */
  private static List<String> stackTrace(Exception failed) {
    List<String> frames = new ArrayList<>();
    for (StackTraceElement frame : failed.getStackTrace()) {
      if (frame.getClassName().equals(Invocation.class.getName())) {
        break;
      }
      frames.add(frame.toString());
      if (frame.getMethodName().equals("handleRequest")) {
        break;
      }
    }
    return frames;
  }

  private Context context() {
    return new InvocationContext(
        function, requestId, time, time.instant().plus(function.timeout()), log);
  }

  private void timeOut() {
    end(
        new Answer.FunctionError(
            "Sandbox.Timedout",
            "RequestId: %s Error: Task timed out after %d.00 seconds"
                .formatted(requestId, function.timeout().toSeconds())));
    activity.kill();
  }

  /** The first end counts: a handler may swallow that it was killed and answer after all. */
  private void end(Answer answer) {
    if (answered) {
      return;
    }
    answered = true;
    timeout.cancel();
    time.after(Duration.ZERO, () -> ended.accept(answer));
  }
}
