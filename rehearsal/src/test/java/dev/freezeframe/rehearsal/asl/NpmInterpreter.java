package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.asl.data.StatesError;
import dev.freezeframe.rehearsal.asl.environment.TaskAnswer;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/**
 * An interpreter of the Amazon States Language that others wrote: npm's {@code
 * aws-local-stepfunctions}, on virtual time, inside a JavaScript engine.
 *
 * <p>It has no thread of its own: scripts run inside {@link #start}, inside timers and inside the
 * answers of tasks, all of which are events of virtual time.
 */
final class NpmInterpreter implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Shared, so that the files are parsed once per JVM. */
  private static final Engine ENGINE =
      Engine.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();

  private final Context context;
  private final ScriptTimers timers;
  private final Value define;
  private final Value start;

  NpmInterpreter(VirtualTime time, DoubleSupplier chance, Path root) {
    this.context =
        Context.newBuilder("js")
            .engine(ENGINE)
            .allowHostAccess(HostAccess.EXPLICIT)
            .allowExperimentalOptions(true)
            .option("js.text-encoding", "true")
            .option("js.unhandled-rejections", "throw")
            .build();
    this.timers = new ScriptTimers(time, chance);
    Value require =
        context
            .eval(NpmFiles.script("environment.js"))
            .execute(
                new Modules(new NpmFiles(root)), timers, context.eval(NpmFiles.script("paths.js")));
    Value machine =
        context.eval(NpmFiles.script("machine.js")).execute(require.execute(NpmFiles.INTERPRETER));
    this.define = machine.getMember("define");
    this.start = machine.getMember("start");
  }

  /** Goes on by another clock, for another execution; the one before has ended. */
  void follow(VirtualTime next) {
    timers.follow(next);
  }

  /** Enters the first state and goes on from there. */
  void start(ObjectNode definition, JsonNode input, ObjectNode contextObject, Observed observed) {
    ObjectNode translated = definition.deepCopy();
    new NpmDialect("test").translate(translated);
    start.execute(
        define.execute(translated.toString()),
        translated.path("StartAt").asText(),
        input.toString(),
        contextObject.toString(),
        new Progress(observed));
  }

  @Override
  public void close() {
    context.close(true);
  }

  /** What the scripts tell of an execution. */
  public static final class Progress {
    private final Observed observed;

    private Progress(Observed observed) {
      this.observed = observed;
    }

    @HostAccess.Export
    public boolean entered(String name, String type, String input, int depth, boolean counted) {
      return observed.entered(name, type, json(input), depth, counted);
    }

    @HostAccess.Export
    public void itemStarted() {
      observed.itemStarted();
    }

    @HostAccess.Export
    public boolean left(String name, String next, String output, int depth, boolean counted) {
      return observed.left(name, next, json(output), depth, counted);
    }

    @HostAccess.Export
    public Task perform(
        String resource, String parameters, boolean counted, Value succeeded, Value failed) {
      Runnable abandon =
          observed.perform(
              resource,
              json(parameters).orElseThrow(),
              counted,
              new TaskAnswer() {
                @Override
                public void succeed(JsonNode result) {
                  succeeded.executeVoid(result.toString());
                }

                @Override
                public void fail(String error, String cause) {
                  failed.executeVoid(error, cause);
                }
              });
      return new Task(abandon);
    }

    @HostAccess.Export
    public void succeeded(String output) {
      observed.succeeded(json(output).orElseThrow());
    }

    @HostAccess.Export
    public void failed(String error, String cause) {
      // It lets through what JavaScript's parser says where States.StringToJson gets no JSON.
      String name = error.equals("SyntaxError") ? "States.IntrinsicFailure" : error;
      observed.failed(new StatesError(name, cause));
    }

    private static Optional<JsonNode> json(String text) {
      try {
        return text == null ? Optional.empty() : Optional.of(MAPPER.readTree(text));
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** One try of a Task state. */
  public static final class Task {
    private final Runnable abandon;

    private Task(Runnable abandon) {
      this.abandon = abandon;
    }

    @HostAccess.Export
    public void abandon() {
      abandon.run();
    }
  }

  /** Reads modules for the scripts. */
  public final class Modules {
    private final NpmFiles files;

    private Modules(NpmFiles files) {
      this.files = files;
    }

    @HostAccess.Export
    public Value read(String name) {
      Source module = files.module(name);
      return module == null ? null : context.eval(module);
    }
  }
}
