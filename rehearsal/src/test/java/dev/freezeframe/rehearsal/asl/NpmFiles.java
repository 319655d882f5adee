package dev.freezeframe.rehearsal.asl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.Source;

/**
 * The interpreter's files, from the npm packages that the build installs and from our resources.
 */
final class NpmFiles {
  static final String INTERPRETER = "aws-local-stepfunctions";

  /** The modules that are needed to run; the others that the interpreter asks for stay empty. */
  private static final Map<String, String> MODULES =
      Map.of(
          INTERPRETER,
          "aws-local-stepfunctions/build/main.node.cjs",
          "jsonpath-plus",
          "jsonpath-plus/dist/index-browser-umd.cjs",
          "p-limit",
          "p-limit/index.js",
          "yocto-queue",
          "yocto-queue/index.js",
          "wildcard-match",
          "wildcard-match/build/index.js");

  /** What machine.js builds on and the interpreter keeps to itself. */
  private static final String MORE_EXPORTS =
      "\nObject.assign(module.exports, {StateExecutor, MapStateAction, ParallelStateAction});";

  /**
   * The interpreter copies the input of every state, and so does {@code machine.js} when it writes
   * it as text. Nothing changes an input in place, so that the copy is only time.
   */
  private static final String NO_COPIES = "\ncloneJSON = (value) => value;";

  /**
   * A {@code ResultPath} of one step, as nearly all are, is not taken apart letter by letter: the
   * same copy with the same member.
   */
  private static final String ONE_STEP =
      "\nconst setAnyPath = setJSONPath;"
          + " setJSONPath = (state, path, result) => /^[A-Za-z]+$/.test(path)"
          + " ? { ...state, [path]: result } : setAnyPath(state, path, result);";

  /**
   * Read and parsed once per JVM: the engine forgets what it parsed of a source that nobody holds.
   */
  private static final Map<String, Source> SOURCES = new ConcurrentHashMap<>();

  private final Path modules;

  NpmFiles(Path root) {
    this.modules = root.resolve("node_modules");
  }

  /** A module as a function of {@code exports, require, module}, or null if it is not needed. */
  Source module(String name) {
    String file = MODULES.get(name);
    if (file == null) {
      return null;
    }
    Path path = modules.resolve(file);
    return SOURCES.computeIfAbsent(path.toString(), any -> read(name, path));
  }

  private static Source read(String name, Path path) {
    try {
      String more = name.equals(INTERPRETER) ? MORE_EXPORTS + NO_COPIES + ONE_STEP : "";
      return source(
          name, "(function (exports, require, module) {" + Files.readString(path) + more + "\n})");
    } catch (IOException missing) {
      throw new IllegalStateException(
          "expected the state machine interpreter at %s; run .mvn/node-tools, which installs it"
              .formatted(path),
          missing);
    }
  }

  /** One of our own scripts beside this class. */
  static Source script(String name) {
    return SOURCES.computeIfAbsent(name, any -> read(name));
  }

  private static Source read(String name) {
    try (InputStream resource = NpmFiles.class.getResourceAsStream(name)) {
      return source(name, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Source source(String name, String text) {
    return Source.newBuilder("js", text, name).buildLiteral();
  }
}
