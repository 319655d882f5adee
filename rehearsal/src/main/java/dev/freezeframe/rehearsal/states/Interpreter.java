package dev.freezeframe.rehearsal.states;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/**
 * The interpreter of the Amazon States Language in its JavaScript engine.
 *
 * <p>It has no thread of its own: scripts run inside {@link #start}, inside timers and inside the
 * answers of tasks, all of which are events of virtual time.
 */
final class Interpreter implements AutoCloseable {
  /** Shared, so that the files are parsed once per JVM. */
  private static final Engine ENGINE =
      Engine.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();

  private final Context context;
  private final Value define;
  private final Value start;

  Interpreter(VirtualTime time, Seed seed, Path root) {
    this.context =
        Context.newBuilder("js")
            .engine(ENGINE)
            .allowHostAccess(HostAccess.EXPLICIT)
            .allowExperimentalOptions(true)
            .option("js.text-encoding", "true")
            .option("js.unhandled-rejections", "throw")
            .build();
    Value require =
        context
            .eval(InterpreterFiles.script("environment.js"))
            .execute(
                new Modules(new InterpreterFiles(root)),
                new ScriptTimers(time, seed),
                context.eval(InterpreterFiles.script("paths.js")));
    Value machine =
        context
            .eval(InterpreterFiles.script("machine.js"))
            .execute(require.execute(InterpreterFiles.INTERPRETER));
    this.define = machine.getMember("define");
    this.start = machine.getMember("start");
  }

  /** A definition as the scripts hold it. */
  Value define(String definition) {
    return define.execute(definition);
  }

  /**
   * Enters a state and goes on from there.
   *
   * @param context the context object, JSON
   * @param progress is notified of every step
   * @return stops it when called
   */
  Value start(Value definition, String startAt, String input, String context, Progress progress) {
    return start.execute(definition, startAt, input, context, progress);
  }

  @Override
  public void close() {
    context.close(true);
  }

  /** Reads modules for the scripts. */
  public final class Modules {
    private final InterpreterFiles files;

    private Modules(InterpreterFiles files) {
      this.files = files;
    }

    @HostAccess.Export
    public Value read(String name) {
      Source module = files.module(name);
      return module == null ? null : context.eval(module);
    }
  }
}
